// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Goes through the features of all objects of an image and keeps a few: those of the least rank,
 * and of the first features those with the least and the greatest values. Memory does not grow with
 * the number of objects. Not safe for several threads.
 */
public final class FeatureSampler {
  /** Features whose extremes are kept. */
  static final int WITH_EXTREMES = 6;

  /** Objects that are kept at each end of such a feature. */
  static final int EXTREMES = 3;

  private final List<String> names;
  private final double[] sums;
  private final long[] counts;
  private final Kept<FeatureRow> sampled;
  private final List<Kept<FeatureRow>> extremes = new ArrayList<>();

  /**
   * @param names of the features
   * @param sizes how many objects are kept
   */
  public FeatureSampler(List<String> names, SampleSizes sizes) {
    this.names = List.copyOf(names);
    this.sums = new double[names.size()];
    this.counts = new long[names.size()];
    this.sampled = new Kept<>(sizes.objects(), FeatureRow.BY_RANK);
    for (int feature = 0; feature < Math.min(WITH_EXTREMES, names.size()); feature++) {
      int column = feature;
      Comparator<FeatureRow> value = Comparator.comparingDouble(row -> row.values()[column]);
      extremes.add(new Kept<>(EXTREMES, value.thenComparing(FeatureRow.BY_RANK)));
      extremes.add(new Kept<>(EXTREMES, value.reversed().thenComparing(FeatureRow.BY_RANK)));
    }
  }

  /** The first of an order. */
  private static final class Kept<T> {
    private final int most;
    private final Comparator<T> order;
    private final PriorityQueue<T> last;

    Kept(int most, Comparator<T> order) {
      this.most = most;
      this.order = order;
      this.last = new PriorityQueue<>(order.reversed());
    }

    void add(T each) {
      if (last.size() < most) {
        last.add(each);
      } else if (most > 0 && order.compare(each, last.element()) < 0) {
        last.remove();
        last.add(each);
      }
    }

    Collection<T> all() {
      return last;
    }

    List<T> sorted() {
      return last.stream().sorted(order).toList();
    }
  }

  /**
   * Takes an object.
   *
   * @param values one for each feature, NaN for none
   */
  public void add(long label, double[] values) {
    FeatureRow row = new FeatureRow(label, values.clone());
    for (int feature = 0; feature < sums.length; feature++) {
      if (!Double.isNaN(values[feature])) {
        sums[feature] += values[feature];
        counts[feature]++;
      }
    }
    sampled.add(row);
    for (int i = 0; i < extremes.size(); i++) {
      if (!Double.isNaN(values[i / 2])) {
        extremes.get(i).add(row);
      }
    }
  }

  /** What was kept, and the means of all. */
  public SampledFeatures result() {
    List<FeatureSummary> summaries =
        IntStream.range(0, names.size())
            .mapToObj(
                each ->
                    new FeatureSummary(names.get(each), counts[each], sums[each] / counts[each]))
            .toList();
    SortedMap<Long, FeatureRow> ends = new TreeMap<>();
    extremes.forEach(kept -> kept.all().forEach(row -> ends.put(row.label(), row)));
    return new SampledFeatures(summaries, sampled.sorted(), List.copyOf(ends.values()));
  }
}
