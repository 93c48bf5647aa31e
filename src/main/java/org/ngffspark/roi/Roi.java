// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ngffspark.zarr.nd.Box;

/**
 * A region of interest in world units, relative to the image's own origin, with one interval per
 * axis. An axis that is not named is taken whole. Immutable.
 */
public final class Roi implements Serializable {
  private static final long serialVersionUID = 1L;

  // Null for none, since Optional is not serializable.
  private final String name;
  private final Long label;
  private final EnumMap<AxisName, Interval> intervals;

  /**
   * @param label id of the object that the region belongs to
   */
  public Roi(Optional<String> name, Optional<Long> label, Map<AxisName, Interval> intervals) {
    this.name = name.orElse(null);
    this.label = label.orElse(null);
    this.intervals = new EnumMap<>(AxisName.class);
    this.intervals.putAll(intervals);
  }

  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  public Optional<Long> label() {
    return Optional.ofNullable(label);
  }

  /** A copy of the intervals. */
  public Map<AxisName, Interval> intervals() {
    return new EnumMap<>(intervals);
  }

  /** The interval of an axis; the whole axis if the region does not name it. */
  public Interval interval(AxisName axis) {
    return intervals.getOrDefault(axis, Interval.whole());
  }

  /**
   * Grows (or shrinks) x and y about the centre. Near the left and top border the region shifts: a
   * start that would lie below 0 becomes 0 and the length is kept.
   *
   * @throws IllegalArgumentException if the factor is not positive and finite, or the region grows
   *     beyond what a number can hold
   */
  public Roi zoom(double factor) {
    return grow(Growth.by(factor), new PixelSize(Map.of()));
  }

  /**
   * Grows about the centre, as {@link #zoom} does.
   *
   * @param pixels size of the pixels that are taken
   * @throws IllegalArgumentException if the region grows beyond what a number can hold
   */
  public Roi grow(Growth growth, PixelSize pixels) {
    return growth.of(this, pixels);
  }

  /**
   * @throws IllegalArgumentException if the factor is not positive and finite
   */
  public static void requireZoom(double factor) {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("Zoom must be a positive, finite number, got " + factor);
    }
  }

  /**
   * The pixels the region covers on a grid, cut to it; an empty box if it lies outside.
   *
   * @throws IllegalArgumentException if the region names an axis that the grid lacks, unless it is
   *     open or exactly 0 to 1
   */
  public Box toBox(PixelGrid grid) {
    requireAxes(grid);
    long[] start = new long[grid.axes().rank()];
    long[] stop = new long[start.length];
    for (int axis = 0; axis < start.length; axis++) {
      Interval interval = interval(grid.axes().name(axis));
      double pixel = grid.pixelSize(axis);
      long length = grid.shape().get(axis);
      start[axis] = clamp(Math.floor(interval.firstPixel(pixel)), length);
      stop[axis] = clamp(Math.ceil(interval.endPixel(pixel)), length);
    }
    return Box.of(start, stop);
  }

  private void requireAxes(PixelGrid grid) {
    for (Map.Entry<AxisName, Interval> entry : intervals.entrySet()) {
      if (isForeign(entry.getKey(), grid)) {
        throw new IllegalArgumentException(
            this
                + " has a range on axis "
                + entry.getKey().ngffName()
                + " ("
                + entry.getValue()
                + "), which "
                + grid.name()
                + " lacks; it has axes "
                + grid.axes().names()
                + ". Only an open range or 0 to 1 is allowed there");
      }
    }
  }

  private boolean isForeign(AxisName axis, PixelGrid grid) {
    Interval interval = interval(axis);
    if (grid.axes().has(axis) || interval.isWhole()) {
      return false;
    }
    double end = interval.endPixel(1.0);
    return interval.firstPixel(1.0) != 0 || (end != 1 && end != Double.POSITIVE_INFINITY);
  }

  private static long clamp(double value, long length) {
    return Math.max(0, Math.min((long) value, length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Roi roi
        && Objects.equals(name, roi.name)
        && Objects.equals(label, roi.label)
        && intervals.equals(roi.intervals);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, label, intervals);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("ROI");
    if (name != null) {
      text.append(" '").append(name).append('\'');
    }
    if (label != null) {
      text.append(" of label ").append(label);
    }
    return text.toString();
  }
}
