// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.Serializable;

/** A part of a value. */
public sealed interface ByteRange extends Serializable {

  /** {@code length} bytes from {@code offset}. */
  record Slice(long offset, long length) implements ByteRange {
    public Slice {
      if (offset < 0 || length < 0) {
        throw new IllegalArgumentException(
            "Offset and length must be >= 0, got " + offset + " and " + length);
      }
    }
  }

  /** The last {@code length} bytes. */
  record Suffix(long length) implements ByteRange {
    public Suffix {
      if (length < 0) {
        throw new IllegalArgumentException("Length must be >= 0, got " + length);
      }
    }
  }
}
