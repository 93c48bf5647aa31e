// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;

/**
 * Label ids with their ROIs, as a few primitive arrays, so that hundreds of thousands travel
 * between tasks without an object each. Immutable, ascending by label id.
 */
public final class LabelBatch implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final AxisName[] AXES = AxisName.values();
  private static final int WIDTH = 2 * AXES.length;

  /** No labels. */
  public static final LabelBatch EMPTY = new LabelBatch(new long[0], new double[0]);

  private final long[] labels;
  // Start and length per axis, in world units; NaN stands for an open end.
  private final double[] intervals;

  private LabelBatch(long[] labels, double[] intervals) {
    this.labels = labels;
    this.intervals = intervals;
  }

  public int size() {
    return labels.length;
  }

  public boolean isEmpty() {
    return labels.length == 0;
  }

  public long label(int index) {
    return labels[index];
  }

  /** The ROI of a label, in world units, not zoomed. */
  public Roi roi(int index) {
    Map<AxisName, Interval> map = new EnumMap<>(AxisName.class);
    for (int axis = 0; axis < AXES.length; axis++) {
      double start = intervals[index * WIDTH + 2 * axis];
      double length = intervals[index * WIDTH + 2 * axis + 1];
      if (!Double.isNaN(start) || !Double.isNaN(length)) {
        map.put(AXES[axis], new Interval(optional(start), optional(length)));
      }
    }
    return new Roi(Optional.empty(), Optional.of(labels[index]), map);
  }

  private static OptionalDouble optional(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** All labels of several batches, ascending. */
  public static LabelBatch merge(List<LabelBatch> batches) {
    if (batches.size() == 1) {
      return batches.get(0);
    }
    Builder builder = new Builder();
    for (LabelBatch batch : batches) {
      builder.reserve(batch.size());
      System.arraycopy(batch.labels, 0, builder.labels, builder.size, batch.size());
      System.arraycopy(
          batch.intervals, 0, builder.intervals, builder.size * WIDTH, batch.size() * WIDTH);
      builder.size += batch.size();
    }
    return builder.build();
  }

  /** Collects labels in any order. */
  public static final class Builder {
    private long[] labels = new long[16];
    private double[] intervals = new double[16 * WIDTH];
    private int size;

    public Builder add(long label, Roi roi) {
      reserve(1);
      labels[size] = label;
      for (int axis = 0; axis < AXES.length; axis++) {
        Interval interval = roi.interval(AXES[axis]);
        intervals[size * WIDTH + 2 * axis] = interval.start().orElse(Double.NaN);
        intervals[size * WIDTH + 2 * axis + 1] = interval.length().orElse(Double.NaN);
      }
      size++;
      return this;
    }

    public LabelBatch build() {
      Integer[] order = new Integer[size];
      Arrays.setAll(order, i -> i);
      boolean sorted = true;
      for (int i = 1; i < size && sorted; i++) {
        sorted = Long.compareUnsigned(labels[i - 1], labels[i]) <= 0;
      }
      if (sorted) {
        return new LabelBatch(Arrays.copyOf(labels, size), Arrays.copyOf(intervals, size * WIDTH));
      }
      Arrays.sort(order, (a, b) -> Long.compareUnsigned(labels[a], labels[b]));
      long[] sortedLabels = new long[size];
      double[] sortedIntervals = new double[size * WIDTH];
      for (int i = 0; i < size; i++) {
        sortedLabels[i] = labels[order[i]];
        System.arraycopy(intervals, order[i] * WIDTH, sortedIntervals, i * WIDTH, WIDTH);
      }
      return new LabelBatch(sortedLabels, sortedIntervals);
    }

    private void reserve(int more) {
      if (size + more > labels.length) {
        int capacity = Math.max(size + more, 2 * labels.length);
        labels = Arrays.copyOf(labels, capacity);
        intervals = Arrays.copyOf(intervals, capacity * WIDTH);
      }
    }
  }
}
