// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import org.ngffspark.zarr.nd.DataType;

/** Takes a percentile of the ring from the object. */
final class SubtractBackground extends RingTransform {
  private static final long serialVersionUID = 1L;

  SubtractBackground() {
    this(50);
  }

  private SubtractBackground(double percentile) {
    super(percentile);
  }

  @Override
  public String name() {
    return "subtract-background";
  }

  @Override
  public String description() {
    return "takes a percentile of the background around the object from it";
  }

  @Override
  public MaskedTransform configure(Parameters values) {
    return new SubtractBackground(values.number("percentile"));
  }

  @Override
  void compute(double[] values, int count, double background, DataType type) {
    double least = type.isFloat() ? Double.NEGATIVE_INFINITY : 0;
    for (int i = 0; i < count; i++) {
      values[i] = Math.max(least, values[i] - background);
    }
  }
}
