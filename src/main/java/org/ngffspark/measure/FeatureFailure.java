// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/** Features of the user's own failed for an object; the cause is what they have thrown. */
public final class FeatureFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long label;

  FeatureFailure(String features, MeasuredObject object, RuntimeException cause) {
    super("features '" + features + "' failed for object " + object.label() + ": " + cause, cause);
    this.label = object.label();
  }

  /** Id of the object. */
  public long label() {
    return label;
  }
}
