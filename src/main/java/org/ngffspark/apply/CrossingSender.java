// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.Sender;
import org.ngffspark.job.Sent;
import org.ngffspark.job.Tile;
import org.ngffspark.plan.Assignment.TileLabels;
import org.ngffspark.plan.FragmentBatch;
import org.ngffspark.zarr.nd.Box;

/** Sends the fragments of labels whose boxes lie in several tiles to the tiles that write them. */
record CrossingSender(TransformSpec spec) implements Sender<FragmentBatch, Box> {
  @Override
  public boolean isNeeded(TileLabels labels) {
    return !labels.crossing().isEmpty();
  }

  @Override
  public Sent<FragmentBatch, Box> send(OpenedImage image, Tile<FragmentBatch> tile) {
    return new CrossingTask(ImagePasses.of(image, spec), tile.tiles()).run(tile.crossing());
  }
}
