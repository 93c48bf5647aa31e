// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.zarr.nd.ChunkGrid;

/**
 * How one image of a run is cut into tasks. Small, however many objects there are.
 *
 * @param ref the image
 * @param regions where its regions come from
 * @param objects how many are taken; 0 if they are yet to be found in the label image
 * @param tiles write units of the transformed level by tile
 * @param labelUnits the write units of the label image
 * @param memoryPerTask bytes that the largest task holds
 */
public record ImagePlan(
    ImageRef ref,
    Regions regions,
    long objects,
    TileGrid tiles,
    ChunkGrid labelUnits,
    long memoryPerTask)
    implements Serializable {

  /** Where the regions of an image's objects come from. */
  public enum Regions {
    TABLE,
    LABEL_IMAGE
  }

  /** Whether one task does the whole image, its pyramid included. */
  public boolean isSingleTile() {
    return tiles.count() == 1;
  }
}
