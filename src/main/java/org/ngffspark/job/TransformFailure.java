// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

/** A transform could not be applied to an object. */
public final class TransformFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TransformFailure(long label, String reason) {
    super("object " + label + ": " + reason);
  }

  TransformFailure(long label, String reason, Throwable cause) {
    super("object " + label + ": " + reason, cause);
  }
}
