// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.project;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.chunks.WrittenUnit;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.WorkCount;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;

/** Makes some write units of the finest level of a projected image. */
record ProjectedUnits(ProjectTask task, List<GridPosition> units) implements FollowUp<Box> {
  ProjectedUnits {
    units = List.copyOf(units);
  }

  @Override
  public TaskResult<Box> run(OpenedImage image) {
    ProjectedArray array = task.levels(image).finest();
    List<WrittenUnit> written = new ArrayList<>();
    long bytes = 0;
    for (GridPosition unit : units) {
      StagedUnit staged = array.stage(unit, task.method(), image.output());
      bytes += staged.length();
      written.add(new WrittenUnit(0, unit, staged));
    }
    return TaskResult.<Box>of(List.of(), WorkCount.bytesWritten(bytes)).withUnits(written);
  }
}
