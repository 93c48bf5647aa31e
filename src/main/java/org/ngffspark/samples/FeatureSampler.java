// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Goes through the features of all objects of an image: sums them up, and keeps those of a few
 * objects, as an {@link ObjectPicker} does. Not safe for several threads.
 */
public final class FeatureSampler {
  private final List<String> names;
  private final double[] sums;
  private final long[] counts;
  private final ObjectPicker<FeatureRow> picker;

  /**
   * @param names of the features
   * @param sizes how many objects are kept
   */
  public FeatureSampler(List<String> names, SampleSizes sizes) {
    this.names = List.copyOf(names);
    this.sums = new double[names.size()];
    this.counts = new long[names.size()];
    this.picker = new ObjectPicker<>(names, sizes);
  }

  /**
   * Takes an object.
   *
   * @param values one for each feature, NaN for none
   */
  public void add(long label, double[] values) {
    for (int feature = 0; feature < sums.length; feature++) {
      if (!Double.isNaN(values[feature])) {
        sums[feature] += values[feature];
        counts[feature]++;
      }
    }
    picker.offer(label, values, 0, new FeatureRow(label, values.clone()));
  }

  /** What was kept, and the means of all. */
  public SampledFeatures result() {
    List<FeatureSummary> summaries =
        IntStream.range(0, names.size())
            .mapToObj(
                each ->
                    new FeatureSummary(names.get(each), counts[each], sums[each] / counts[each]))
            .toList();
    List<String> ends =
        Arrays.stream(ObjectPicker.withExtremes(names)).mapToObj(names::get).toList();
    return new SampledFeatures(
        summaries, ends, picker.sample(), List.copyOf(picker.extremes().values()));
  }
}
