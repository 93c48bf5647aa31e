// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

/** A transform could not be applied to an object. */
final class TransformFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long label;

  TransformFailure(long label, String reason, Throwable cause) {
    super("object " + label + ": " + reason, cause);
    this.label = label;
  }

  long label() {
    return label;
  }
}
