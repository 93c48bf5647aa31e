// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.List;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * What a task does of one image.
 *
 * @param tiles how the level whose pixels are taken is cut
 * @param index number of the tile
 * @param inner labels whose boxes lie in this tile alone, ascending by id
 * @param crossing labels whose boxes lie in several tiles, ascending by id
 * @param received what other tiles have sent to this one, in any order
 */
public record Tile<M>(
    TileGrid tiles, int index, LabelBatch inner, LabelBatch crossing, List<M> received) {
  public Tile {
    received = List.copyOf(received);
  }

  /** All labels that the task takes, ascending by id. */
  public LabelBatch labels() {
    return LabelBatch.merge(List.of(inner, crossing));
  }

  /** Whether the image is not cut: this task alone does all of it. */
  public boolean isWholeImage() {
    return tiles.count() == 1;
  }

  /** The write units of the tile. */
  public List<GridPosition> units() {
    return tiles.unitsOf(index);
  }
}
