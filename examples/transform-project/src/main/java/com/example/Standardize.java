// SPDX-License-Identifier: Apache-2.0
package com.example;

import java.util.List;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.MaskedValues;
import org.ngffspark.transform.Parameter;
import org.ngffspark.transform.Parameters;
import org.ngffspark.transform.Range;
import org.ngffspark.transform.Slabs;
import org.ngffspark.transform.WrittenRuns;

/** Gives each object the same mean and standard deviation, in each channel at each time point. */
public final class Standardize implements MaskedTransform {
  private static final long serialVersionUID = 1L;

  private final double mean;
  private final double deviation;

  public Standardize() {
    this(1000, 200);
  }

  private Standardize(double mean, double deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  @Override
  public String name() {
    return "standardize";
  }

  @Override
  public String description() {
    return "gives each object the same mean and standard deviation";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.number("mean", "mean of each object afterwards").withDefault("1000"),
        Parameter.number("deviation", "standard deviation of each object afterwards")
            .in(Range.above(0))
            .withDefault("200"));
  }

  @Override
  public MaskedTransform configure(Parameters values) {
    return new Standardize(values.number("mean"), values.number("deviation"));
  }

  @Override
  public boolean channelwise() {
    return true;
  }

  @Override
  public void apply(MaskedPatch object, Patch result) {
    Slabs.of(object.patch()).forEach((from, to) -> standardize(object, result, from, to));
  }

  private void standardize(MaskedPatch object, Patch result, int from, int to) {
    double[] pixels = MaskedValues.of(object.patch(), object.mask(), from, to).toArray();
    double before = mean(pixels);
    double spread = deviation(pixels, before);
    if (!(spread > 0)) {
      object.notes().add("kept: all pixels are equal");
      return;
    }
    new WrittenRuns(object, from, to)
        .map(
            result,
            (values, count) -> {
              for (int i = 0; i < count; i++) {
                values[i] = (values[i] - before) / spread * deviation + mean;
              }
            });
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(double[] values, double mean) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }
}
