// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.List;
import org.ngffspark.zarr.nd.DataType;

/** x · scale + offset. */
final class Affine extends ValueTransform {
  private static final long serialVersionUID = 1L;

  private final double scale;
  private final double offset;

  Affine() {
    this(1, 0);
  }

  private Affine(double scale, double offset) {
    this.scale = scale;
    this.offset = offset;
  }

  @Override
  public String name() {
    return "affine";
  }

  @Override
  public String description() {
    return "multiplies by scale, then adds offset";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.number("scale", "factor").withDefault("1"),
        Parameter.number("offset", "what is added afterwards").withDefault("0"));
  }

  @Override
  public MaskedTransform configure(Parameters values) {
    return new Affine(values.number("scale"), values.number("offset"));
  }

  @Override
  protected void compute(double[] values, int count, DataType type) {
    for (int i = 0; i < count; i++) {
      values[i] = values[i] * scale + offset;
    }
  }
}
