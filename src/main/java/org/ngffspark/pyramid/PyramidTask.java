// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.pyramid;

import java.util.List;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.chunks.UnitStage;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTarget;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.TouchedUnits;
import org.ngffspark.job.UnitMemory;
import org.ngffspark.job.WorkCount;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * Makes all coarser levels of images or label images anew from their finest level.
 *
 * @param pixels the finest level of the image, or of a label image
 * @param levels how many levels there are at the end, at least; 0 for those there are
 */
public record PyramidTask(PixelTarget pixels, int levels) implements ObjectTask<Nothing, Box> {
  // A row of chunks of the finest level, and a third of all its pixels.
  private static final double COPIES = 0.75;

  public PyramidTask {
    if (levels < 0) {
      throw new IllegalArgumentException("Levels must not be negative, got " + levels);
    }
    if (pixels.level() != 0) {
      throw new IllegalArgumentException(
          "Levels are made from the finest one, 0, got " + pixels.level());
    }
  }

  @Override
  public ImageTarget<Box> target(ImageRef image) {
    return new PyramidTarget(image, pixels.node(), levels);
  }

  /**
   * @throws IllegalArgumentException if the levels cannot be made
   */
  @Override
  public void check(OpenedImage image) {
    if (pixels instanceof PixelTarget.OfLabel label) {
      image.container().requireOwnLabel(label.name());
    }
    image.level().pyramid().steps(0, levels);
  }

  @Override
  public long bytesPerUnit(OpenedImage image) {
    return UnitMemory.of(image).bytes(COPIES);
  }

  @Override
  public long bytesWritten(OpenedImage image, TouchedUnits touched) {
    return touched.otherBytes();
  }

  @Override
  public TaskResult<Box> run(OpenedImage image, Tile<Nothing> tile) {
    List<PyramidStep> steps = image.level().pyramid().steps(0, levels);
    if (!tile.isWholeImage() || steps.isEmpty()) {
      return TaskResult.nothing();
    }
    UnitStage stage = image.stage();
    CoarserLevels coarser = new CoarserLevels(image, stage, steps);
    List<Box> all = List.of(Box.whole(image.level().shape()));
    try (TaskChunks finest = image.chunks(image.level().array());
        NextLevel next = coarser.begin(all)) {
      for (GridPosition chunk : finest.array().chunks().all()) {
        if (next.add(List.of(chunk), finest)) {
          finest.drop(chunk);
        }
      }
      coarser.finish(next, finest);
    }
    return TaskResult.<Box>of(List.of(), WorkCount.NONE).withUnits(stage.units());
  }

  @Override
  public List<FollowUp<Box>> followUps(OpenedImage image, int round, TaskResult<Box> soFar) {
    List<Box> all = List.of(Box.whole(image.level().shape()));
    return LevelRounds.making(image, levels).round(round, all, soFar);
  }
}
