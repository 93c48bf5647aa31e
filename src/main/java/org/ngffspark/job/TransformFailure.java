// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import org.ngffspark.zarr.store.FormatException;

/** An object could not be transformed. */
public final class TransformFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TransformFailure(long label, String reason) {
    super("object " + label + ": " + reason);
  }

  TransformFailure(long label, String reason, Throwable cause) {
    super("object " + label + ": " + reason, cause);
  }

  /** Pixels that the object needs cannot be decoded. */
  static TransformFailure of(long label, FormatException damaged) {
    return new TransformFailure(label, damaged.getMessage(), damaged);
  }
}
