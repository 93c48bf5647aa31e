// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * A regular grid of chunks (or shards) over an array, as in the Zarr specifications: every chunk
 * has the full chunk shape, the last ones reach past the array's end.
 *
 * @param array shape of the array in elements, axes as on disk
 * @param chunk shape of one chunk in elements; every length is at least 1
 */
public record ChunkGrid(Shape array, Shape chunk) implements Serializable {
  public ChunkGrid {
    if (array.rank() != chunk.rank()) {
      throw new IllegalArgumentException(
          "Chunk shape " + chunk + " must have as many axes as the array shape " + array);
    }
    for (int axis = 0; axis < chunk.rank(); axis++) {
      if (chunk.get(axis) < 1) {
        throw new IllegalArgumentException("Chunk lengths must be at least 1, got " + chunk);
      }
    }
  }

  /** Number of chunks along an axis. */
  public long count(int axis) {
    return ceilDiv(array.get(axis), chunk.get(axis));
  }

  /** Number of chunks along each axis. */
  public Shape counts() {
    long[] counts = new long[array.rank()];
    Arrays.setAll(counts, this::count);
    return Shape.of(counts);
  }

  /** Number of chunks in the grid. */
  public long count() {
    return counts().elements();
  }

  /** The whole box of a chunk; it may reach past the array's end. */
  public Box fullBox(GridPosition position) {
    long[] start = new long[array.rank()];
    long[] stop = new long[array.rank()];
    for (int axis = 0; axis < start.length; axis++) {
      start[axis] = position.get(axis) * chunk.get(axis);
      stop[axis] = start[axis] + chunk.get(axis);
    }
    return Box.of(start, stop);
  }

  /** The part of a chunk that lies in the array. */
  public Box box(GridPosition position) {
    return fullBox(position).intersect(Box.whole(array));
  }

  /** The chunk that holds the element at the start of {@code box}. */
  public GridPosition at(Box box) {
    long[] index = new long[array.rank()];
    for (int axis = 0; axis < index.length; axis++) {
      index[axis] = box.start(axis) / chunk.get(axis);
    }
    return GridPosition.of(index);
  }

  /**
   * The range of grid positions that {@code box}, cut to the array, touches; empty for an empty
   * box.
   */
  public Box positions(Box box) {
    boolean empty = false;
    long[] start = new long[array.rank()];
    long[] stop = new long[array.rank()];
    for (int axis = 0; axis < start.length; axis++) {
      long low = Math.max(0, box.start(axis));
      long high = Math.min(array.get(axis), box.stop(axis));
      empty |= high <= low;
      start[axis] = low / chunk.get(axis);
      stop[axis] = ceilDiv(high, chunk.get(axis));
    }
    return Box.of(start, empty ? start : stop);
  }

  /**
   * The chunks that {@code box}, cut to the array, touches, in C order; none for an empty box. The
   * list is not stored but computed, so it takes no memory however many they are.
   *
   * @throws IllegalArgumentException if there are more than 2^31 - 1
   */
  public List<GridPosition> touching(Box box) {
    return new PositionList(positions(box));
  }

  /** Every chunk of the grid, in C order. */
  public List<GridPosition> all() {
    return touching(Box.whole(array));
  }

  private static long ceilDiv(long length, long chunk) {
    return length == 0 ? 0 : (length - 1) / chunk + 1;
  }
}
