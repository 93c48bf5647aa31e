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
 * of the grids.
 *
 * @param grid the boxes
 * @param pieces what is held at once: the boxes themselves, or, where a write unit does not fit the
 *     memory, whole chunks of the new array, cut to the write unit
 */
record Regions(ChunkGrid grid, ChunkGrid pieces) {

  /**
   * @param source chunks that are read
   * @param units write units, over the same array
   * @param chunks that the write units consist of
   * @param width bytes of an element
   * @param memory bytes of pixels to hold at once, but at least one chunk of the new array
   */
  static Regions of(ChunkGrid source, ChunkGrid units, ChunkGrid chunks, int width, long memory) {
    ChunkGrid regions = grown(source, units, width, memory);
    boolean isHeld = bytes(regions.chunk(), regions.array(), width) <= memory;
    return new Regions(regions, isHeld ? regions : grown(source, chunks, width, memory));
  }

  private static ChunkGrid grown(ChunkGrid source, ChunkGrid target, int width, long memory) {
    Shape lengths = target.chunk();
    for (int axis = lengths.rank() - 1; axis >= 0; axis--) {
      Shape longer = lengths.with(axis, aligned(source, target, axis));
      lengths = bytes(longer, target.array(), width) <= memory ? longer : lengths;
    }
    return new ChunkGrid(target.array(), lengths);
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

  /** Whether all pixels of a region are held at once. */
  boolean isHeld() {
    return pieces.equals(grid);
  }

  List<GridPosition> all() {
    return grid.all();
  }

  Box box(GridPosition region) {
    return grid.box(region);
  }

  /** The parts of a write unit that are read one after the other. */
  List<Box> pieces(Box unit) {
    return pieces.touching(unit).stream().map(pieces::box).map(unit::intersect).toList();
  }

  /** How many times chunks of the source are read, each once for every piece that it touches. */
  long reads(ChunkGrid source) {
    long reads = 1;
    for (int axis = 0; axis < grid.array().rank(); axis++) {
      reads *= reads(axis, source.chunk().get(axis));
    }
    return reads;
  }

  private long reads(int axis, long chunk) {
    long touched = 0;
    long length = grid.array().get(axis);
    for (long from = 0; from < length; ) {
      long to = Math.min(border(from, grid, axis), border(from, pieces, axis));
      touched += (to - 1) / chunk - from / chunk + 1;
      from = to;
    }
    return touched;
  }

  private static long border(long from, ChunkGrid grid, int axis) {
    long length = grid.chunk().get(axis);
    return Math.min(grid.array().get(axis), (from / length + 1) * length);
  }
}
