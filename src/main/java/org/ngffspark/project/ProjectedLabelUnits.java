// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.project;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.WorkCount;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * Makes some write units of a level of a projected label image: of the ids along the axis the
 * largest. Coarser levels are projected too, for a pixel of theirs is one of the finer level.
 */
record ProjectedLabelUnits(ProjectTask task, String label, int level, List<GridPosition> units)
    implements FollowUp<Box> {
  ProjectedLabelUnits {
    units = List.copyOf(units);
  }

  @Override
  public TaskResult<Box> run(OpenedImage image) {
    ProjectedArray array = task.levels(image, label).arrays().get(level);
    List<StagedUnit> written = new ArrayList<>();
    long bytes = 0;
    for (GridPosition unit : units) {
      StagedUnit staged = array.stage(unit, Projection.MAX, image.output());
      bytes += staged.length();
      written.add(staged);
    }
    return TaskResult.<Box>of(List.of(), WorkCount.bytesWritten(bytes)).withFiles(written);
  }
}
