// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.util.List;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.Shape;

/**
 * Boxes of an array that are read and written as one: whole write units of the new array, and, as
 * far as memory allows, whole chunks of the old one, so that each chunk is read once. Pure function
 * of the two grids.
 *
 * @param grid the boxes
 * @param isHeld whether the pixels of one fit the memory; else they are read chunk by chunk
 */
record Regions(ChunkGrid grid, boolean isHeld) {

  /**
   * @param source chunks that are read
   * @param target write units, over the same array
   * @param width bytes of an element
   * @param memory bytes of pixels that a region may have
   */
  static Regions of(ChunkGrid source, ChunkGrid target, int width, long memory) {
    Shape array = target.array();
    Shape lengths = target.chunk();
    for (int axis = lengths.rank() - 1; axis >= 0; axis--) {
      Shape longer = lengths.with(axis, aligned(source, target, axis));
      lengths = bytes(longer, array, width) <= memory ? longer : lengths;
    }
    return new Regions(new ChunkGrid(array, lengths), bytes(lengths, array, width) <= memory);
  }

  /** The least length at which both grids have a border, or that of the whole array. */
  private static long aligned(ChunkGrid source, ChunkGrid target, int axis) {
    long unit = target.chunk().get(axis);
    long whole = Math.max(1, target.count(axis)) * unit;
    long chunk = source.chunk().get(axis);
    long times = chunk / gcd(chunk, unit);
    return times > whole / unit ? whole : times * unit;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private static double bytes(Shape lengths, Shape array, int width) {
    double bytes = width;
    for (int axis = 0; axis < lengths.rank(); axis++) {
      bytes *= Math.min(lengths.get(axis), array.get(axis));
    }
    return bytes;
  }

  List<GridPosition> all() {
    return grid.all();
  }

  Box box(GridPosition region) {
    return grid.box(region);
  }

  /** How many times chunks of the source are read, each once for every region that it touches. */
  long reads(ChunkGrid source) {
    long reads = 1;
    for (int axis = 0; axis < grid.array().rank(); axis++) {
      long touched = 0;
      long length = grid.chunk().get(axis);
      long chunk = source.chunk().get(axis);
      for (long from = 0; from < grid.array().get(axis); from += length) {
        long last = Math.min(grid.array().get(axis), from + length) - 1;
        touched += last / chunk - from / chunk + 1;
      }
      reads *= touched;
    }
    return reads;
  }
}
