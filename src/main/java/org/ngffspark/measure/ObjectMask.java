// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.Arrays;

/**
 * The pixels of one object at one time point, as runs along x, in C order. Axes are z, y, x; in 2D
 * z is 0 and one pixel long. Immutable. Runs of one row never touch each other.
 */
public final class ObjectMask {
  /** Numbers of the axes, in C order. */
  static final int Z = 0;

  static final int Y = 1;
  static final int X = 2;
  static final int AXES = 3;
  // z, y, x of the first pixel and number of pixels.
  static final int WIDTH = 4;

  private final int dimensions;
  // Relative to the box, WIDTH numbers a run.
  private final int[] runs;
  private final int[] low;
  private final int[] lengths;
  private final long pixels;

  private ObjectMask(int dimensions, int[] runs, int[] low, int[] lengths, long pixels) {
    this.dimensions = dimensions;
    this.runs = runs;
    this.low = low;
    this.lengths = lengths;
    this.pixels = pixels;
  }

  /**
   * The mask of these runs.
   *
   * @param dimensions 2 or 3
   * @param runs z, y, x of the first pixel in the image, and length, for each run; in C order,
   *     without overlap, at least one
   * @throws IllegalArgumentException if there are none, or they are not in order
   */
  static ObjectMask of(int dimensions, int[] runs) {
    return of(dimensions, runs, 0, runs.length);
  }

  /**
   * The mask of some of these runs; errors are the same.
   *
   * @param from index of the first number
   * @param to index after the last number
   */
  static ObjectMask of(int dimensions, int[] runs, int from, int to) {
    if (from == to || (to - from) % WIDTH != 0) {
      throw new IllegalArgumentException(
          "An object needs four numbers for each run of pixels, got " + (to - from));
    }
    int[] low = {runs[from + Z], runs[from + Y], Integer.MAX_VALUE};
    int[] high = {0, 0, 0};
    long pixels = 0;
    for (int at = from; at < to; at += WIDTH) {
      requireOrder(runs, at, from);
      low[Y] = Math.min(low[Y], runs[at + Y]);
      low[X] = Math.min(low[X], runs[at + X]);
      high[Z] = Math.max(high[Z], runs[at + Z] + 1);
      high[Y] = Math.max(high[Y], runs[at + Y] + 1);
      high[X] = Math.max(high[X], runs[at + X] + runs[at + AXES]);
      pixels += runs[at + AXES];
    }
    int[] lengths = {high[Z] - low[Z], high[Y] - low[Y], high[X] - low[X]};
    int[] own = Arrays.copyOfRange(runs, from, to);
    moveBack(own, low);
    return new ObjectMask(dimensions, own, low, lengths, pixels);
  }

  private static void requireOrder(int[] runs, int at, int first) {
    boolean ascends = runs[at + AXES] > 0;
    if (at > first) {
      int rows = compareRows(runs, at - WIDTH, at);
      int end = runs[at - WIDTH + X] + runs[at - WIDTH + AXES];
      ascends &= rows < 0 || rows == 0 && end < runs[at + X];
    }
    if (!ascends) {
      throw new IllegalArgumentException(
          "Runs of an object must ascend and not touch, got "
              + Arrays.toString(Arrays.copyOfRange(runs, Math.max(first, at - WIDTH), at + WIDTH)));
    }
  }

  private static int compareRows(int[] runs, int first, int second) {
    int planes = Integer.compare(runs[first + Z], runs[second + Z]);
    return planes != 0 ? planes : Integer.compare(runs[first + Y], runs[second + Y]);
  }

  private static void moveBack(int[] runs, int[] low) {
    for (int at = 0; at < runs.length; at += WIDTH) {
      runs[at + Z] -= low[Z];
      runs[at + Y] -= low[Y];
      runs[at + X] -= low[X];
    }
  }

  /** Takes the runs of a mask. */
  @FunctionalInterface
  public interface RunConsumer {
    /** A run of {@code length} pixels from z, y, x on, relative to the object's box. */
    void run(int z, int y, int x, int length);
  }

  /** 2, or 3 if the image has more than one plane. */
  public int dimensions() {
    return dimensions;
  }

  /** Number of pixels. */
  public long pixels() {
    return pixels;
  }

  /** Number of runs. */
  int runs() {
    return runs.length / WIDTH;
  }

  /** All runs in C order. */
  public void forEachRun(RunConsumer consumer) {
    for (int at = 0; at < runs.length; at += WIDTH) {
      consumer.run(runs[at + Z], runs[at + Y], runs[at + X], runs[at + AXES]);
    }
  }

  /** The runs themselves, relative to the box; not to be changed. */
  int[] relativeRuns() {
    return runs;
  }

  /** First z of the object in the image, in pixels. */
  public int z() {
    return low[Z];
  }

  /** First y of the object in the image, in pixels. */
  public int y() {
    return low[Y];
  }

  /** First x of the object in the image, in pixels. */
  public int x() {
    return low[X];
  }

  /** Length of the object's box along z, in pixels. */
  public int depth() {
    return lengths[Z];
  }

  /** Length of the object's box along y, in pixels. */
  public int height() {
    return lengths[Y];
  }

  /** Length of the object's box along x, in pixels. */
  public int width() {
    return lengths[X];
  }

  int low(int axis) {
    return low[axis];
  }

  int length(int axis) {
    return lengths[axis];
  }

  /** Number of pixels of the smallest box around the object. */
  public long boxPixels() {
    return Math.multiplyExact((long) lengths[Z] * lengths[Y], (long) lengths[X]);
  }

  @Override
  public String toString() {
    return pixels + " pixels from z, y, x " + Arrays.toString(low);
  }
}
