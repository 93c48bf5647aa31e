// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.ngffspark.zarr.nd.Box;

/**
 * The runs of some objects by the row of the image that they lie in, so that a chunk can be gone
 * through as it lies in memory. Immutable.
 */
final class RunsByRow {
  private static final int NO_ROW = -1;

  // Around these objects; axes t, z, y, x.
  private final Box bounds;
  // Where each run begins among the numbers of all runs, row by row.
  private final int[] runs;
  // Index in runs after the last of each row.
  private final int[] ends;
  // Of each run, in the order of the parts, how many pixels of chosen objects come before it.
  private final int[] pixels;

  private final long allPixels;

  private RunsByRow(Box bounds, int[] runs, int[] ends, int[] pixels, long allPixels) {
    this.bounds = bounds;
    this.runs = runs;
    this.ends = ends;
    this.pixels = pixels;
    this.allPixels = allPixels;
  }

  /**
   * @param chosen by the number of an object
   */
  static RunsByRow of(ObjectParts parts, IntPredicate chosen) {
    int[] all = parts.allRuns();
    int[] pixels = new int[all.length / ObjectMask.WIDTH];
    int[] rows = new int[pixels.length];
    Arrays.fill(rows, NO_ROW);
    Box bounds = parts.bounds(chosen);
    int[] ends = new int[Math.addExact(rows(bounds), 1)];
    long before = 0;
    for (int object = 0; object < parts.size(); object++) {
      for (int at = parts.begin(object); at < parts.end(object); at += ObjectMask.WIDTH) {
        if (chosen.test(object)) {
          int run = at / ObjectMask.WIDTH;
          pixels[run] = (int) before;
          before += all[at + ObjectMask.AXES];
          rows[run] =
              row(bounds, parts.time(object), all[at + ObjectMask.Z], all[at + ObjectMask.Y]);
          ends[rows[run] + 1]++;
        }
      }
    }
    for (int row = 1; row < ends.length; row++) {
      ends[row] += ends[row - 1];
    }
    return new RunsByRow(bounds, sorted(rows, ends), ends, pixels, before);
  }

  /** Where the runs of each row begin; moves the beginning of each row to its end. */
  private static int[] sorted(int[] rows, int[] next) {
    int[] sorted = new int[next[next.length - 1]];
    for (int run = 0; run < rows.length; run++) {
      if (rows[run] != NO_ROW) {
        sorted[next[rows[run]]++] = run * ObjectMask.WIDTH;
      }
    }
    return sorted;
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

  /** The smallest box around these objects; axes t, z, y, x. */
  Box bounds() {
    return bounds;
  }

  /** Number of pixels of these objects. */
  long pixels() {
    return allPixels;
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
   * How many pixels of these objects come before a run.
   *
   * @param run as {@link #run} returns it
   */
  int pixelsBefore(int run) {
    return pixels[run / ObjectMask.WIDTH];
  }
}
