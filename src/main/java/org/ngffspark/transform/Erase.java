// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.Arrays;
import org.ngffspark.zarr.nd.DataType;

/** Sets the object to a percentile of the ring. */
final class Erase extends RingTransform {
  private static final long serialVersionUID = 1L;

  Erase() {
    this(50);
  }

  private Erase(double percentile) {
    super(percentile);
  }

  @Override
  public String name() {
    return "erase";
  }

  @Override
  public String description() {
    return "sets the object to a percentile of the background around it";
  }

  @Override
  public MaskedTransform configure(Parameters values) {
    return new Erase(values.number("percentile"));
  }

  @Override
  void compute(double[] values, int count, double background, DataType type) {
    Arrays.fill(values, 0, count, background);
  }
}
