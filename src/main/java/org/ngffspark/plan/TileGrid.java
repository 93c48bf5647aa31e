// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.Shape;

/**
 * The tiles of one level: blocks of neighbouring write units. Every write unit lies in exactly one
 * tile, so the task of that tile is the unit's only writer.
 *
 * @param units grid of the level's write units, axes as on disk
 * @param block write units of one tile per axis; the last tiles may hold fewer
 */
public record TileGrid(ChunkGrid units, Shape block) implements Serializable {
  public TileGrid {
    for (int axis = 0; axis < block.rank(); axis++) {
      if (block.get(axis) < 1) {
        throw new IllegalArgumentException("A tile needs at least one write unit, got " + block);
      }
    }
  }

  /** One tile that holds every write unit. */
  public static TileGrid single(ChunkGrid units) {
    long[] block = new long[units.array().rank()];
    for (int axis = 0; axis < block.length; axis++) {
      block[axis] = Math.max(1, units.count(axis));
    }
    return new TileGrid(units, Shape.of(block));
  }

  /** Number of tiles. */
  public int count() {
    return Math.toIntExact(grid().count());
  }

  /** The pixels of a tile, cut to the array. */
  public Box box(int tile) {
    return grid().box(position(tile));
  }

  /** The write units of a tile, in C order. */
  public List<GridPosition> unitsOf(int tile) {
    return units.touching(box(tile));
  }

  /** The tile that holds a write unit. */
  public int tileOf(GridPosition unit) {
    long[] index = unit.toArray();
    for (int axis = 0; axis < index.length; axis++) {
      index[axis] /= block.get(axis);
    }
    return Math.toIntExact(grid().counts().flatIndex(index));
  }

  /** The tiles whose pixels {@code box} touches, ascending; none for an empty box. */
  public List<Integer> touching(Box box) {
    List<Integer> tiles = new ArrayList<>();
    ChunkGrid grid = grid();
    Shape counts = grid.counts();
    for (GridPosition position : grid.touching(box)) {
      tiles.add(Math.toIntExact(counts.flatIndex(position.toArray())));
    }
    return tiles;
  }

  /** The grid of tiles in pixels. */
  private ChunkGrid grid() {
    long[] lengths = new long[block.rank()];
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis] = block.get(axis) * units.chunk().get(axis);
    }
    return new ChunkGrid(units.array(), Shape.of(lengths));
  }

  private GridPosition position(int tile) {
    return GridPosition.of(grid().counts().index(tile));
  }
}
