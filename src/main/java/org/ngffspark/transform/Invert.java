// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.List;
import org.ngffspark.zarr.nd.DataType;

/** max − x. */
final class Invert extends ValueTransform {
  private static final long serialVersionUID = 1L;

  private final Maximum maximum;

  Invert() {
    this(Maximum.OF_TYPE);
  }

  private Invert(Maximum maximum) {
    this.maximum = maximum;
  }

  @Override
  public String name() {
    return "invert";
  }

  @Override
  public String description() {
    return "max - x";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(Maximum.PARAMETER);
  }

  @Override
  public MaskedTransform configure(Parameters values) {
    return new Invert(Maximum.of(values));
  }

  @Override
  protected void compute(double[] values, int count, DataType type) {
    double max = maximum.of(type);
    for (int i = 0; i < count; i++) {
      values[i] = max - values[i];
    }
  }
}
