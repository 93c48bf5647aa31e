// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.WorkCount;
import org.ngffspark.zarr.UnitUpdate;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Copies some regions of a level: reads each, and stages the write units that lie in it.
 *
 * @param level number of the level among all that are converted
 */
record ConvertedRegions(ConvertTask task, int level, List<GridPosition> regions)
    implements FollowUp<Nothing> {
  ConvertedRegions {
    regions = List.copyOf(regions);
  }

  @Override
  public TaskResult<Nothing> run(OpenedImage image) {
    ConvertedLevel converted = task.levels(image).get(level);
    Regions grid = converted.regions();
    StagedOutput output = image.output();
    List<StagedUnit> staged = new ArrayList<>();
    for (GridPosition region : regions) {
      Box box = grid.box(region);
      Optional<NdArray> pixels =
          grid.isHeld() ? Optional.of(converted.source().read(box)) : Optional.empty();
      for (GridPosition unit : converted.target().writeUnits().touching(box)) {
        stage(converted, unit, box, pixels, output).ifPresent(staged::add);
      }
    }
    long bytes = staged.stream().mapToLong(StagedUnit::length).sum();
    return TaskResult.<Nothing>of(List.of(), WorkCount.bytesWritten(bytes)).withFiles(staged);
  }

  /** Empty for a unit that is all fill value. */
  private static Optional<StagedUnit> stage(
      ConvertedLevel level,
      GridPosition unit,
      Box region,
      Optional<NdArray> pixels,
      StagedOutput output) {
    ZarrArray array = level.target();
    try (UnitUpdate update = array.replacement(unit)) {
      for (GridPosition chunk : array.chunks().touching(array.writeUnits().box(unit))) {
        Box box = array.chunks().box(chunk);
        NdArray content = update.emptyChunk(chunk);
        Box inside = Box.whole(box.shape());
        if (pixels.isPresent()) {
          content.paste(pixels.get(), box.relativeTo(region), inside);
        } else {
          content.paste(level.source().read(box), inside, inside);
        }
        update.seal(chunk);
      }
      Optional<ByteBuffer> value = update.encode();
      return value.map(bytes -> output.stage().put(output.target(array.key(unit)), bytes));
    }
  }
}
