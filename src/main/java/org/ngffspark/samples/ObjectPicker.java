// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Picks a few of many objects: those of the least rank, and of their sizes the least and the
 * greatest. Memory does not grow with the number of objects, and their order does not matter. Not
 * safe for several threads.
 */
public final class ObjectPicker<T> {
  // Features that grow with the number of pixels, which is known before pixels are read.
  private static final Set<String> SIZES = Set.of("area", ObjectSizes.NAME);

  /** Objects that are picked at each end of such a feature. */
  private static final int EXTREMES = 3;

  private final int[] columns;
  private final First<T> sample;
  private final List<First<T>> extremes = new ArrayList<>();

  private record Candidate<T>(long label, double value, T object) {}

  /**
   * @param features names of the features of each object
   * @param sizes how many objects are picked
   */
  public ObjectPicker(List<String> features, SampleSizes sizes) {
    this.columns = sizes.isNone() ? new int[0] : withExtremes(features);
    this.sample = new First<>(sizes.objects());
    for (int end = 0; end < 2 * columns.length; end++) {
      extremes.add(new First<>(EXTREMES));
    }
  }

  /**
   * The features whose extremes are picked: sizes.
   *
   * @return their indices
   */
  static int[] withExtremes(List<String> features) {
    return IntStream.range(0, features.size())
        .filter(feature -> SIZES.contains(features.get(feature)))
        .toArray();
  }

  /** The objects of the least values; of equal ones those of the least rank. */
  private static final class First<T> {
    private final int most;
    private final Comparator<Candidate<T>> order =
        Comparator.<Candidate<T>>comparingDouble(Candidate::value)
            .thenComparingLong(each -> ObjectSample.rank(each.label))
            .thenComparingLong(Candidate::label);
    private final PriorityQueue<Candidate<T>> last = new PriorityQueue<>(order.reversed());

    First(int most) {
      this.most = most;
    }

    /** Whether the object is among the first of those so far. */
    boolean offer(long label, double value, T object) {
      Candidate<T> candidate = new Candidate<>(label, value, object);
      if (last.size() == most && (most == 0 || order.compare(candidate, last.element()) >= 0)) {
        return false;
      }
      if (last.size() == most) {
        last.remove();
      }
      return last.add(candidate);
    }
  }

  /**
   * Takes note of an object.
   *
   * @param row its features from {@code at} on; NaN for what it has not
   * @return whether it is an extreme of those so far
   */
  public boolean offer(long label, double[] row, int at, T object) {
    // The upper half of a rank, which a double holds; the order goes on with the whole of it.
    sample.offer(label, (double) (ObjectSample.rank(label) >> Integer.SIZE), object);
    boolean isExtreme = false;
    for (int end = 0; end < extremes.size(); end++) {
      double value = row[at + columns[end / 2]];
      if (!Double.isNaN(value)) {
        isExtreme |= extremes.get(end).offer(label, end % 2 == 0 ? value : -value, object);
      }
    }
    return isExtreme;
  }

  /** The objects of the least rank, by rank. */
  public List<T> sample() {
    return sample.last.stream().sorted(sample.order).map(Candidate::object).toList();
  }

  /** The extremes, by label, each once. */
  public SortedMap<Long, T> extremes() {
    SortedMap<Long, T> all = new TreeMap<>();
    extremes.forEach(end -> end.last.forEach(each -> all.put(each.label, each.object)));
    return all;
  }
}
