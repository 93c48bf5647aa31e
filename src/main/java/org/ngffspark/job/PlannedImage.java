// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import org.ngffspark.chunks.ImageOutput;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.chunks.StagedOutput.Copying;
import org.ngffspark.plan.TileGrid;

/**
 * An image on its way to its tasks.
 *
 * @param index of the image in the run
 * @param tiles how it is cut into tasks
 * @param output where tasks put write units
 */
public record PlannedImage(
    int index, ImageRef ref, ImagePlan plan, TileGrid tiles, ImageOutput output)
    implements Serializable {

  /** Bytes of decoded pixels that the task of the largest tile holds. */
  public long bytes() {
    return plan.bytesPerUnit() * tiles.block().elements();
  }

  /** Whether tiles without labels have work too. */
  public boolean needsEveryTile() {
    return plan.regions() instanceof ImagePlan.Regions.None
        || (output instanceof StagedOutput staged && staged.copying() == Copying.ALL);
  }

  /** Whether one task does the whole image. */
  public boolean isSingleTile() {
    return tiles.count() == 1;
  }
}
