// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.List;
import org.ngffspark.zarr.nd.DataType;

/** max · (x / max)^gamma, x first kept within 0 … max. */
final class Gamma extends ValueTransform {
  private static final long serialVersionUID = 1L;

  private final double gamma;
  private final Maximum maximum;

  Gamma() {
    this(1, Maximum.OF_TYPE);
  }

  private Gamma(double gamma, Maximum maximum) {
    this.gamma = gamma;
    this.maximum = maximum;
  }

  @Override
  public String name() {
    return "gamma";
  }

  @Override
  public String description() {
    return "max * (x / max)^gamma, x first kept within 0 and max";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.number("gamma", "exponent; below 1 brightens").in(Range.above(0)),
        Maximum.PARAMETER);
  }

  @Override
  public MaskedTransform configure(Parameters values) {
    return new Gamma(values.number("gamma"), Maximum.of(values));
  }

  @Override
  protected void compute(double[] values, int count, DataType type) {
    double max = maximum.of(type);
    for (int i = 0; i < count; i++) {
      double clipped = Math.max(0, Math.min(max, values[i]));
      // StrictMath: the last bit must not depend on the machine or on when the JVM compiles this.
      values[i] = max * StrictMath.pow(clipped / max, gamma);
    }
  }
}
