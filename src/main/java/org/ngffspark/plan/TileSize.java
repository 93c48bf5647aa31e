// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import java.util.Set;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.Shape;

/**
 * Chooses how many write units a tile holds: as many as the memory of a task allows, and no more
 * than leaves work for every core.
 *
 * @param bytesPerUnit memory that one write unit of a tile takes while its task runs
 * @param memoryPerTask bytes that one task may use for its tile
 * @param wantedTiles tiles the image should be cut into at least, if its grid allows
 */
public record TileSize(long bytesPerUnit, long memoryPerTask, int wantedTiles) {
  public TileSize {
    if (bytesPerUnit < 1 || memoryPerTask < 1 || wantedTiles < 1) {
      throw new IllegalArgumentException(
          "Tile sizes need positive numbers, got "
              + bytesPerUnit
              + " bytes a unit, "
              + memoryPerTask
              + " bytes a task, "
              + wantedTiles
              + " tiles");
    }
  }

  /**
   * Halves the tile along its longest splittable side until it fits. A single unit is never split,
   * even if it exceeds the memory.
   *
   * @param whole axes that every tile spans wholly (the channels)
   */
  public TileGrid choose(ChunkGrid units, Set<Integer> whole) {
    TileGrid tiles = TileGrid.single(units);
    while (tooLarge(tiles) || tiles.count() < wantedTiles) {
      int axis = longest(tiles, whole);
      if (axis < 0) {
        return tiles;
      }
      long length = tiles.block().get(axis);
      tiles = new TileGrid(units, tiles.block().with(axis, (length + 1) / 2));
    }
    return tiles;
  }

  private boolean tooLarge(TileGrid tiles) {
    long units = tiles.block().elements();
    return units > memoryPerTask / bytesPerUnit;
  }

  private static int longest(TileGrid tiles, Set<Integer> whole) {
    Shape block = tiles.block();
    int found = -1;
    long longest = 0;
    for (int axis = 0; axis < block.rank(); axis++) {
      long pixels = block.get(axis) * tiles.units().chunk().get(axis);
      if (!whole.contains(axis) && block.get(axis) > 1 && pixels > longest) {
        longest = pixels;
        found = axis;
      }
    }
    return found;
  }
}
