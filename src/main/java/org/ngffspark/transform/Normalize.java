// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.List;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;

/** Maps two percentiles of the object to 0 and max, and cuts what lies beyond. */
final class Normalize implements MaskedTransform {
  private static final long serialVersionUID = 1L;

  private final double low;
  private final double high;
  private final Maximum maximum;

  Normalize() {
    this(1, 99, Maximum.OF_TYPE);
  }

  private Normalize(double low, double high, Maximum maximum) {
    this.low = low;
    this.high = high;
    this.maximum = maximum;
  }

  @Override
  public String name() {
    return "normalize";
  }

  @Override
  public String description() {
    return "stretches the object from two of its percentiles to 0 and max";
  }

  @Override
  public List<Parameter> parameters() {
    Range percent = Range.between(0, 100);
    return List.of(
        Parameter.number("low", "percentile of the object that becomes 0")
            .in(percent)
            .withDefault("1"),
        Parameter.number("high", "percentile of the object that becomes max")
            .in(percent)
            .withDefault("99"),
        Maximum.PARAMETER);
  }

  @Override
  public MaskedTransform configure(Parameters values) {
    Normalize ready =
        new Normalize(values.number("low"), values.number("high"), Maximum.of(values));
    if (ready.low >= ready.high) {
      throw new IllegalArgumentException(
          "Parameter 'low' must be less than 'high', got " + values.asMap());
    }
    return ready;
  }

  @Override
  public boolean channelwise() {
    return true;
  }

  @Override
  public void apply(MaskedPatch object, Patch result) {
    Slabs.of(object.patch()).forEach((from, to) -> stretch(object, result, from, to));
  }

  private void stretch(MaskedPatch object, Patch result, int from, int to) {
    MaskedValues pixels = MaskedValues.of(object.patch(), object.mask(), from, to);
    if (pixels.count() == 0) {
      return;
    }
    double bottom = pixels.percentile(low);
    double top = pixels.percentile(high);
    double max = maximum.of(result.type());
    new WrittenRuns(object, from, to)
        .map(result, (values, count) -> stretch(values, count, bottom, top, max));
  }

  private static void stretch(double[] values, int count, double bottom, double top, double max) {
    for (int i = 0; i < count; i++) {
      double part = top == bottom ? 0 : (values[i] - bottom) / (top - bottom);
      values[i] = Math.max(0, Math.min(1, part)) * max;
    }
  }
}
