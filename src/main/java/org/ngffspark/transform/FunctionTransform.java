// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import org.ngffspark.zarr.nd.DataType;

/** What {@link MaskedTransform#ofValues} makes. */
final class FunctionTransform extends ValueTransform {
  private static final long serialVersionUID = 1L;

  private final ValueFunction function;

  FunctionTransform(ValueFunction function) {
    this.function = function;
  }

  @Override
  public String name() {
    return "values";
  }

  @Override
  protected void compute(double[] values, int count, DataType type) {
    for (int i = 0; i < count; i++) {
      values[i] = function.applyAsDouble(values[i]);
    }
  }
}
