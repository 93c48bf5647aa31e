// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.pyramid;

import java.util.List;
import org.ngffspark.chunks.UnitStage;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * Copies write units that did not change to a target that needs all.
 *
 * @param level their number in the pyramid
 */
record CopyTask(int level, List<GridPosition> units) implements FollowUp<Box> {
  @Override
  public TaskResult<Box> run(OpenedImage image) {
    UnitStage stage = image.stage();
    stage.copyOthers(level, image.levels().get(level).array(), units);
    return TaskResult.<Box>nothing().withUnits(stage.units());
  }
}
