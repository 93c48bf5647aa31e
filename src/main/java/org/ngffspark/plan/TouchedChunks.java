// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.Shape;

/**
 * The chunks of a grid that boxes touch. A box takes the same time however large it is, so many
 * boxes that all cover the whole grid take no longer than small ones. Not safe for several threads.
 */
public final class TouchedChunks {
  // A number each; grids that hold more are taken for touched wherever a box may lie.
  private static final long MOST_CELLS = 1L << 26;

  private final ChunkGrid grid;
  private final Set<Box> ranges = new HashSet<>();

  public TouchedChunks(ChunkGrid grid) {
    this.grid = grid;
  }

  /**
   * Adds a box.
   *
   * @param box in pixels of the grid; what lies outside counts for nothing
   */
  public void add(Box box) {
    Box range = grid.positions(box);
    if (!range.isEmpty()) {
      ranges.add(range);
    }
  }

  /**
   * The chunks that at least one box touches, in C order. Where the boxes lie in more than
   * 67,108,864 chunks, all chunks of the smallest box around them.
   */
  public List<GridPosition> positions() {
    if (ranges.isEmpty()) {
      return List.of();
    }
    Box around = ranges.stream().reduce(Box::union).orElseThrow();
    Shape cells = cells(around);
    return cells.elements() > MOST_CELLS ? all(around) : marked(around, cells);
  }

  private List<GridPosition> all(Box around) {
    long[] start = around.shape().toArray();
    long[] stop = start.clone();
    for (int axis = 0; axis < start.length; axis++) {
      start[axis] = around.start(axis) * grid.chunk().get(axis);
      stop[axis] = around.stop(axis) * grid.chunk().get(axis);
    }
    return grid.touching(Box.of(start, stop));
  }

  /** One more than there are chunks on each axis, for where boxes end. */
  private static Shape cells(Box around) {
    long[] lengths = around.shape().toArray();
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis]++;
    }
    return Shape.of(lengths);
  }

  /**
   * Each box adds one where it begins and takes it away where it ends, on every axis; sums along
   * all axes are then how many boxes touch a chunk.
   */
  private List<GridPosition> marked(Box around, Shape cells) {
    int[] counts = new int[(int) cells.elements()];
    ranges.forEach(range -> mark(range, around, cells, counts));
    for (int axis = 0; axis < cells.rank(); axis++) {
      sumAlong(axis, cells, counts);
    }
    List<GridPosition> touched = new ArrayList<>();
    for (int cell = 0; cell < counts.length; cell++) {
      if (counts[cell] > 0) {
        long[] index = cells.index(cell);
        for (int axis = 0; axis < index.length; axis++) {
          index[axis] += around.start(axis);
        }
        touched.add(GridPosition.of(index));
      }
    }
    return touched;
  }

  private static void mark(Box range, Box around, Shape cells, int[] counts) {
    int rank = range.rank();
    long[] corner = new long[rank];
    for (int ends = 0; ends < 1 << rank; ends++) {
      for (int axis = 0; axis < rank; axis++) {
        boolean atEnd = (ends >> axis & 1) == 1;
        corner[axis] = (atEnd ? range.stop(axis) : range.start(axis)) - around.start(axis);
      }
      counts[(int) cells.flatIndex(corner)] += Integer.bitCount(ends) % 2 == 0 ? 1 : -1;
    }
  }

  private static void sumAlong(int axis, Shape cells, int[] counts) {
    int stride = 1;
    for (int inner = axis + 1; inner < cells.rank(); inner++) {
      stride *= (int) cells.get(inner);
    }
    int length = (int) cells.get(axis);
    for (int cell = stride; cell < counts.length; cell++) {
      if (cell / stride % length > 0) {
        counts[cell] += counts[cell - stride];
      }
    }
  }
}
