// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import org.ngffspark.zarr.nd.Box;

/**
 * The runs of all objects by the row of the image that they lie in, so that a chunk can be gone
 * through as it lies in memory. Immutable.
 */
final class RunsByRow {
  // The smallest box around all runs; axes t, z, y, x.
  private final Box bounds;
  // Where each run begins among the numbers of all runs, row by row.
  private final int[] runs;
  // Index in runs after the last of each row.
  private final int[] ends;
  // Of each run, in the order of the parts, how many pixels come before it.
  private final int[] pixels;

  private RunsByRow(Box bounds, int[] runs, int[] ends, int[] pixels) {
    this.bounds = bounds;
    this.runs = runs;
    this.ends = ends;
    this.pixels = pixels;
  }

  static RunsByRow of(ObjectParts parts) {
    int[] all = parts.allRuns();
    int count = all.length / ObjectMask.WIDTH;
    Box bounds = bounds(parts);
    int[] pixels = new int[count];
    int[] rows = new int[count];
    int[] next = new int[Math.addExact(rows(bounds), 1)];
    int before = 0;
    for (int object = 0; object < parts.size(); object++) {
      for (int at = parts.begin(object); at < parts.end(object); at += ObjectMask.WIDTH) {
        int run = at / ObjectMask.WIDTH;
        pixels[run] = before;
        before += all[at + ObjectMask.AXES];
        rows[run] = row(bounds, parts.time(object), all[at + ObjectMask.Z], all[at + ObjectMask.Y]);
        next[rows[run] + 1]++;
      }
    }
    for (int row = 1; row < next.length; row++) {
      next[row] += next[row - 1];
    }
    int[] sorted = new int[count];
    for (int run = 0; run < count; run++) {
      sorted[next[rows[run]]++] = run * ObjectMask.WIDTH;
    }
    return new RunsByRow(bounds, sorted, next, pixels);
  }

  private static Box bounds(ObjectParts parts) {
    if (parts.size() == 0) {
      return Box.of(new long[TileBox.axes()], new long[TileBox.axes()]);
    }
    int[] all = parts.allRuns();
    long[] start = {parts.time(0), Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
    long[] stop = {parts.time(parts.size() - 1) + 1L, 0, 0, 0};
    for (int at = 0; at < all.length; at += ObjectMask.WIDTH) {
      for (int axis = 0; axis < ObjectMask.AXES; axis++) {
        int length = axis == ObjectMask.X ? all[at + ObjectMask.AXES] : 1;
        start[axis + 1] = Math.min(start[axis + 1], all[at + axis]);
        stop[axis + 1] = Math.max(stop[axis + 1], all[at + axis] + (long) length);
      }
    }
    return Box.of(start, stop);
  }

  private static int rows(Box bounds) {
    long planes = Math.multiplyExact(bounds.length(TileBox.T), bounds.length(TileBox.Z));
    return Math.toIntExact(Math.multiplyExact(planes, bounds.length(TileBox.Y)));
  }

  private static int row(Box bounds, long t, long z, long y) {
    long plane =
        (t - bounds.start(TileBox.T)) * bounds.length(TileBox.Z) + z - bounds.start(TileBox.Z);
    return (int) (plane * bounds.length(TileBox.Y) + y - bounds.start(TileBox.Y));
  }

  /** The smallest box around all runs; axes t, z, y, x. */
  Box bounds() {
    return bounds;
  }

  /** The number of a row inside the bounds, for {@link #begin} and {@link #end}. */
  int row(long t, long z, long y) {
    return row(bounds, t, z, y);
  }

  /** Index of the first run of a row. */
  int begin(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  /** Index after the last run of a row. */
  int end(int row) {
    return ends[row];
  }

  /** Where a run begins among {@link ObjectParts#allRuns}. */
  int run(int index) {
    return runs[index];
  }

  /**
   * How many pixels of all objects come before a run.
   *
   * @param run as {@link #run} returns it
   */
  int pixelsBefore(int run) {
    return pixels[run / ObjectMask.WIDTH];
  }
}
