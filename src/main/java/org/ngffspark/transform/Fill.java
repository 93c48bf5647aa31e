// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.Arrays;
import java.util.List;
import org.ngffspark.zarr.nd.DataType;

/** Sets every pixel to one value. */
final class Fill extends ValueTransform {
  private static final long serialVersionUID = 1L;

  private final double value;

  Fill() {
    this(0);
  }

  private Fill(double value) {
    this.value = value;
  }

  @Override
  public String name() {
    return "fill";
  }

  @Override
  public String description() {
    return "sets the object to one value";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(Parameter.number("value", "the new value of every pixel").in(Range.ANY));
  }

  @Override
  public MaskedTransform configure(Parameters values) {
    return new Fill(values.number("value"));
  }

  @Override
  protected void compute(double[] values, int count, DataType type) {
    Arrays.fill(values, 0, count, value);
  }
}
