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
   * @param source chunks that are read, of a box as large as the new array
   * @param units write units, over the same array
   * @param chunks that the write units consist of
   * @param width bytes of an element
   * @param memory bytes of pixels to hold at once, but at least one chunk of the new array
   */
  static Regions of(
      SourceChunks source, ChunkGrid units, ChunkGrid chunks, int width, long memory) {
    Limit limit = new Limit(chunks, width, memory);
    ChunkGrid regions = grown(source, units, limit);
    return new Regions(
        regions, limit.holds(regions.chunk()) ? regions : grown(source, chunks, limit));
  }

  private static ChunkGrid grown(SourceChunks source, ChunkGrid target, Limit limit) {
    Shape lengths = target.chunk();
    for (int axis = lengths.rank() - 1; axis >= 0; axis--) {
      long unit = target.chunk().get(axis);
      long whole = Math.max(1, target.count(axis)) * unit;
      Shape longer = lengths.with(axis, source.aligned(axis, unit, whole));
      lengths = limit.holds(longer) ? longer : lengths;
    }
    return new ChunkGrid(target.array(), lengths);
  }

  /** What may be held, in chunks of the new array, whose last ones reach past its end. */
  private record Limit(ChunkGrid chunks, int width, long memory) {
    boolean holds(Shape lengths) {
      double bytes = width;
      for (int axis = 0; axis < lengths.rank(); axis++) {
        long all = Math.max(1, chunks.count(axis)) * chunks.chunk().get(axis);
        bytes *= Math.min(lengths.get(axis), all);
      }
      return bytes <= memory;
    }
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
  long reads(SourceChunks source) {
    long reads = 1;
    for (int axis = 0; axis < grid.array().rank(); axis++) {
      reads *= reads(source, axis);
    }
    return reads;
  }

  private long reads(SourceChunks source, int axis) {
    long touched = 0;
    long length = grid.array().get(axis);
    for (long from = 0; from < length; ) {
      long to = Math.min(border(from, grid, axis), border(from, pieces, axis));
      touched += source.touched(axis, from, to);
      from = to;
    }
    return touched;
  }

  private static long border(long from, ChunkGrid grid, int axis) {
    long length = grid.chunk().get(axis);
    return Math.min(grid.array().get(axis), (from / length + 1) * length);
  }
}
