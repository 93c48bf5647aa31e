// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.Serializable;
import java.util.Optional;

/** A part of a value. */
public sealed interface ByteRange extends Serializable {

  /** The same part counted from the start; empty if it does not lie in {@code size} bytes. */
  Optional<Slice> within(long size);

  /** {@code length} bytes from {@code offset}. */
  record Slice(long offset, long length) implements ByteRange {
    public Slice {
      if (offset < 0 || length < 0) {
        throw new IllegalArgumentException(
            "Offset and length must be >= 0, got " + offset + " and " + length);
      }
    }

    @Override
    public Optional<Slice> within(long size) {
      return offset <= size && length <= size - offset ? Optional.of(this) : Optional.empty();
    }
  }

  /** The last {@code length} bytes. */
  record Suffix(long length) implements ByteRange {
    public Suffix {
      if (length < 0) {
        throw new IllegalArgumentException("Length must be >= 0, got " + length);
      }
    }

    @Override
    public Optional<Slice> within(long size) {
      return length <= size ? Optional.of(new Slice(size - length, length)) : Optional.empty();
    }
  }
}
