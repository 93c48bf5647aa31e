// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.SortedMap;
import org.ngffspark.plan.Assignment.Crossing;
import org.ngffspark.plan.Assignment.TileLabels;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.roi.MaskingRois;

/** Says which tile of an image computes which of its labels. */
public final class AssignTask {
  private final TileGrid tiles;
  private final Crossing crossing;

  public AssignTask(TileGrid tiles, Crossing crossing) {
    this.tiles = tiles;
    this.crossing = crossing;
  }

  /**
   * Which tile computes which labels.
   *
   * @param byTile by the number of the tile
   * @param result what was read
   */
  public record Assigned<V>(SortedMap<Integer, TileLabels> byTile, TaskResult<V> result)
      implements Serializable {}

  /** The labels of the image's table. */
  public <V> Assigned<V> run(OpenedImage image) {
    return run(
        image,
        image
            .table()
            .orElseThrow(
                () -> new IllegalArgumentException("The masking ROI table is not there any more")));
  }

  /** These labels. */
  public <V> Assigned<V> run(OpenedImage image, MaskingRois rois) {
    return new Assigned<>(
        new TakenObjects(image.objects(), rois)
            .byTile(tiles, image.masked().reader().grid(), crossing),
        image.counted(TaskResult.nothing()));
  }
}
