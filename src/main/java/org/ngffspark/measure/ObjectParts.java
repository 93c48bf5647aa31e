// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.ngffspark.zarr.nd.Box;

/**
 * Objects, or the parts of objects that lie in one tile: their pixels as runs, in a few arrays.
 * Ascending by time point and label; the runs of each are in C order. Immutable.
 */
public final class ObjectParts {
  private final MeasuredImage image;
  private final long[] labels;
  private final int[] times;
  // Index after the last number of each object's runs.
  private final int[] ends;
  private final int[] runs;
  private final ObjectMask[] masks;

  private ObjectParts(MeasuredImage image, long[] labels, int[] times, int[] ends, int[] runs) {
    this.image = image;
    this.labels = labels;
    this.times = times;
    this.ends = ends;
    this.runs = runs;
    this.masks = new ObjectMask[labels.length];
    Arrays.setAll(
        masks, object -> ObjectMask.of(image.dimensions(), runs, begin(object), end(object)));
  }

  /**
   * @param labels of each object, in any order
   * @param times of each object
   * @param runs in any order, none of which overlap; at least one for each object
   */
  static ObjectParts of(MeasuredImage image, long[] labels, int[] times, FoundRuns runs) {
    int[] order =
        IntStream.range(0, labels.length)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(i -> times[i])
                    .thenComparing((a, b) -> Long.compare(labels[a], labels[b])))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] ranks = new int[order.length];
    for (int rank = 0; rank < order.length; rank++) {
      ranks[order[rank]] = rank;
    }
    int[] ends = new int[ranks.length];
    int[] grouped = runs.grouped(ranks, ends);
    int used = 0;
    for (int object = 0; object < ends.length; object++) {
      int from = object == 0 ? 0 : ends[object - 1];
      RunOrder.sort(grouped, from, ends[object]);
    }
    int[] joined = new int[ends.length];
    for (int object = 0; object < ends.length; object++) {
      int from = object == 0 ? 0 : ends[object - 1];
      int end = RunOrder.join(grouped, from, ends[object]);
      System.arraycopy(grouped, from, grouped, used, end - from);
      used += end - from;
      joined[object] = used;
    }
    return new ObjectParts(
        image,
        Arrays.stream(order).mapToLong(i -> labels[i]).toArray(),
        Arrays.stream(order).map(i -> times[i]).toArray(),
        joined,
        used == grouped.length ? grouped : Arrays.copyOf(grouped, used));
  }

  /** What the objects have in common. */
  public MeasuredImage image() {
    return image;
  }

  /** Number of objects. */
  public int size() {
    return labels.length;
  }

  public long label(int object) {
    return labels[object];
  }

  public int time(int object) {
    return times[object];
  }

  /** Number of pixels of all objects. */
  public long pixels() {
    return Arrays.stream(masks).mapToLong(ObjectMask::pixels).sum();
  }

  int count(int object) {
    return Math.toIntExact(masks[object].pixels());
  }

  ObjectMask mask(int object) {
    return masks[object];
  }

  /**
   * The smallest box around some objects; axes t, z, y, x. Empty if there are none.
   *
   * @param chosen by the number of an object
   */
  Box bounds(IntPredicate chosen) {
    long[] start = new long[TileBox.axes()];
    long[] stop = new long[TileBox.axes()];
    Arrays.fill(start, Long.MAX_VALUE);
    for (int object = 0; object < labels.length; object++) {
      if (chosen.test(object)) {
        start[TileBox.T] = Math.min(start[TileBox.T], times[object]);
        stop[TileBox.T] = Math.max(stop[TileBox.T], times[object] + 1L);
        for (int axis = 0; axis < ObjectMask.AXES; axis++) {
          long low = masks[object].low(axis);
          int at = axis + TileBox.Z;
          start[at] = Math.min(start[at], low);
          stop[at] = Math.max(stop[at], low + masks[object].length(axis));
        }
      }
    }
    return stop[TileBox.X] == 0 ? Box.of(new long[stop.length], stop) : Box.of(start, stop);
  }

  /** The runs of one object, in the image. */
  int[] runs(int object) {
    return Arrays.copyOfRange(runs, begin(object), ends[object]);
  }

  /** Index of the first number of an object's runs. */
  int begin(int object) {
    return object == 0 ? 0 : ends[object - 1];
  }

  int end(int object) {
    return ends[object];
  }

  /** The runs of all objects; not to be changed. */
  int[] allRuns() {
    return runs;
  }
}
