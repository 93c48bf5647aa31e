// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import org.ngffspark.zarr.store.FormatException;

/** Something cannot be done with an object, and could not if it were tried again. */
public final class ObjectFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ObjectFailure(long label, String reason) {
    super(message(label, reason));
  }

  public ObjectFailure(long label, String reason, Throwable cause) {
    super(message(label, reason), cause);
  }

  private static String message(long label, String reason) {
    return "object " + Long.toUnsignedString(label) + ": " + reason;
  }

  /** Pixels that the object needs cannot be decoded. */
  public static ObjectFailure of(long label, FormatException damaged) {
    return new ObjectFailure(label, damaged.getMessage(), damaged);
  }
}
