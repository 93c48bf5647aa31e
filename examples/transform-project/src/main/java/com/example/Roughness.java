// SPDX-License-Identifier: Apache-2.0
package com.example;

import java.util.List;
import org.ngffspark.measure.ChannelValues;
import org.ngffspark.measure.FeatureColumn;
import org.ngffspark.measure.MeasuredImage;
import org.ngffspark.measure.MeasuredObject;
import org.ngffspark.measure.ObjectFeatures;
import org.ngffspark.transform.Parameter;
import org.ngffspark.transform.Parameters;
import org.ngffspark.transform.Range;

/** By how much pixels of an object differ from those some pixels further along x, on average. */
public final class Roughness implements ObjectFeatures {
  private static final long serialVersionUID = 1L;

  private final int depth;

  public Roughness() {
    this(1);
  }

  private Roughness(int depth) {
    this.depth = depth;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.integer("depth", "how many pixels further").in(Range.between(1, 1000)).withDefault("1"));
  }

  @Override
  public ObjectFeatures configure(Parameters values) {
    return new Roughness(Math.toIntExact(values.integer("depth")));
  }

  @Override
  public List<FeatureColumn> columns(MeasuredImage image) {
    return image.channels().stream()
        .map(channel -> FeatureColumn.number("roughness-" + channel))
        .toList();
  }

  @Override
  public double[] measure(MeasuredObject object) {
    double[] means = new double[object.image().channels().size()];
    for (int channel = 0; channel < means.length; channel++) {
      means[channel] = mean(object, object.values(channel));
    }
    return means;
  }

  /** NaN, a missing number, for an object that is too narrow. */
  private double mean(MeasuredObject object, ChannelValues values) {
    Steps steps = new Steps(values.toArray());
    object.mask().forEachRun((z, y, x, length) -> steps.add(length));
    return steps.sum / steps.count;
  }

  private final class Steps {
    private final double[] values;
    private int run;
    private double sum;
    private long count;

    Steps(double[] values) {
      this.values = values;
    }

    void add(int length) {
      for (int i = run + depth; i < run + length; i++) {
        sum += Math.abs(values[i] - values[i - depth]);
        count++;
      }
      run += length;
    }
  }
}
