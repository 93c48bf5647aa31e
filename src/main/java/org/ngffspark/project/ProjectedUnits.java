// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.project;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.chunks.WrittenUnit;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.WorkCount;
import org.ngffspark.zarr.UnitUpdate;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/** Makes some write units of the finest level of a projected image. */
record ProjectedUnits(ProjectTask task, List<GridPosition> units) implements FollowUp<Box> {
  ProjectedUnits {
    units = List.copyOf(units);
  }

  @Override
  public TaskResult<Box> run(OpenedImage image) {
    ProjectedLevels levels = task.levels(image);
    StagedOutput output = image.output();
    List<WrittenUnit> written = new ArrayList<>();
    long bytes = 0;
    for (GridPosition unit : units) {
      StagedUnit staged = stage(levels, unit, output);
      bytes += staged.length();
      written.add(new WrittenUnit(0, unit, staged));
    }
    return TaskResult.<Box>of(List.of(), WorkCount.bytesWritten(bytes)).withUnits(written);
  }

  private StagedUnit stage(ProjectedLevels levels, GridPosition unit, StagedOutput output) {
    ZarrArray array = levels.finest();
    String key = output.target(array.key(unit));
    try (UnitUpdate update = array.replacement(unit)) {
      for (GridPosition chunk : array.chunks().touching(array.writeUnits().box(unit))) {
        NdArray pixels = levels.project(chunk, task.method());
        Box whole = Box.whole(pixels.shape());
        update.emptyChunk(chunk).paste(pixels, whole, whole);
        update.seal(chunk);
      }
      Optional<ByteBuffer> value = update.encode();
      return value
          .map(bytes -> output.stage().put(key, bytes))
          .orElseGet(() -> output.stage().delete(key));
    }
  }
}
