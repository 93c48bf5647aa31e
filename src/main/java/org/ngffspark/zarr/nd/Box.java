// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A half-open range of indices per axis, {@code start <= i < stop}, in the order of the axes on
 * disk. Immutable. An axis with {@code start == stop} makes the box empty.
 */
public final class Box implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] start;
  private final long[] stop;

  private Box(long[] start, long[] stop) {
    this.start = start;
    this.stop = stop;
  }

  /**
   * @throws IllegalArgumentException if the ranks differ or a stop lies before its start
   */
  public static Box of(long[] start, long[] stop) {
    if (start.length != stop.length) {
      throw new IllegalArgumentException(
          "Box needs as many starts as stops, got " + start.length + " and " + stop.length);
    }
    for (int axis = 0; axis < start.length; axis++) {
      if (stop[axis] < start[axis]) {
        throw new IllegalArgumentException(
            "Box must not stop before it starts, got "
                + Arrays.toString(start)
                + " to "
                + Arrays.toString(stop));
      }
    }
    return new Box(start.clone(), stop.clone());
  }

  /** The box from the origin that covers {@code shape}. */
  public static Box whole(Shape shape) {
    return new Box(new long[shape.rank()], shape.toArray());
  }

  public int rank() {
    return start.length;
  }

  public long start(int axis) {
    return start[axis];
  }

  public long stop(int axis) {
    return stop[axis];
  }

  public long length(int axis) {
    return stop[axis] - start[axis];
  }

  public Shape shape() {
    long[] lengths = new long[start.length];
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis] = length(axis);
    }
    return Shape.of(lengths);
  }

  public boolean isEmpty() {
    for (int axis = 0; axis < start.length; axis++) {
      if (start[axis] == stop[axis]) {
        return true;
      }
    }
    return false;
  }

  /** The part both have; an empty box (zero length on some axis) where they have none. */
  public Box intersect(Box other) {
    long[] low = new long[start.length];
    long[] high = new long[start.length];
    for (int axis = 0; axis < start.length; axis++) {
      low[axis] = Math.max(start[axis], other.start[axis]);
      high[axis] = Math.max(low[axis], Math.min(stop[axis], other.stop[axis]));
    }
    return new Box(low, high);
  }

  /** Whether it lies in an array of that shape. */
  public boolean isWithin(Shape shape) {
    boolean within = rank() == shape.rank();
    for (int axis = 0; within && axis < start.length; axis++) {
      within = start[axis] >= 0 && stop[axis] <= shape.get(axis);
    }
    return within;
  }

  /** Whether both have the same length along each axis. */
  public boolean isAsLongAs(Box other) {
    boolean same = rank() == other.rank();
    for (int axis = 0; same && axis < start.length; axis++) {
      same = length(axis) == other.length(axis);
    }
    return same;
  }

  public boolean contains(Box other) {
    for (int axis = 0; axis < start.length; axis++) {
      if (other.start[axis] < start[axis] || other.stop[axis] > stop[axis]) {
        return false;
      }
    }
    return true;
  }

  /** The smallest box that holds both. */
  public Box union(Box other) {
    long[] low = new long[start.length];
    long[] high = new long[start.length];
    for (int axis = 0; axis < start.length; axis++) {
      low[axis] = Math.min(start[axis], other.start[axis]);
      high[axis] = Math.max(stop[axis], other.stop[axis]);
    }
    return new Box(low, high);
  }

  /** This box moved so that the start of {@code origin} becomes the origin. */
  public Box relativeTo(Box origin) {
    long[] low = new long[start.length];
    long[] high = new long[start.length];
    for (int axis = 0; axis < start.length; axis++) {
      low[axis] = start[axis] - origin.start[axis];
      high[axis] = stop[axis] - origin.start[axis];
    }
    return new Box(low, high);
  }

  /** This box moved so that the origin becomes the start of {@code outer}: undoes relativeTo. */
  public Box within(Box outer) {
    long[] low = new long[start.length];
    long[] high = new long[start.length];
    for (int axis = 0; axis < start.length; axis++) {
      low[axis] = start[axis] + outer.start[axis];
      high[axis] = stop[axis] + outer.start[axis];
    }
    return new Box(low, high);
  }

  /** This box with another range on one axis. */
  public Box with(int axis, long newStart, long newStop) {
    long[] low = start.clone();
    long[] high = stop.clone();
    low[axis] = newStart;
    high[axis] = newStop;
    return of(low, high);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Box box
        && Arrays.equals(start, box.start)
        && Arrays.equals(stop, box.stop);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(start) + Arrays.hashCode(stop);
  }

  /** As numpy writes slices: {@code [0:1, 10:50, 20:60]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int axis = 0; axis < start.length; axis++) {
      text.append(axis == 0 ? "" : ", ").append(start[axis]).append(':').append(stop[axis]);
    }
    return text.append(']').toString();
  }
}
