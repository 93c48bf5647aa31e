// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.pyramid;

import java.util.List;
import org.ngffspark.chunks.LevelWriter;
import org.ngffspark.chunks.UnitStage;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.nd.Box;

/** Makes and stages all coarser levels of an image, each from the one before it in memory. */
public final class CoarserLevels {
  private final OpenedImage image;
  private final UnitStage stage;
  private final List<PyramidStep> steps;

  /**
   * @param steps from the level whose pixels are taken to each coarser one, at least one
   */
  public CoarserLevels(OpenedImage image, UnitStage stage, List<PyramidStep> steps) {
    this.image = image;
    this.stage = stage;
    this.steps = steps;
  }

  /**
   * The first coarser level, to be made while changed chunks are at hand.
   *
   * @param changed boxes of the level whose pixels are taken, in pixels
   */
  public NextLevel begin(List<Box> changed) {
    return begin(0, changed);
  }

  private NextLevel begin(int step, List<Box> changed) {
    return new NextLevel(image, steps.get(step), NextLevel.derived(steps.get(step), changed));
  }

  /**
   * Makes and stages the rest of the first coarser level, and all levels after it.
   *
   * @param first from {@link #begin}
   * @param finer the level before it as it will be
   */
  public void finish(NextLevel first, ChunkSource finer) {
    finish(0, first, finer);
  }

  private void finish(int step, NextLevel level, ChunkSource finer) {
    LevelWriter made = level.finish(finer);
    stage.write(image.level().level() + step + 1, made);
    if (step + 1 < steps.size()) {
      try (NextLevel next = begin(step + 1, level.made())) {
        finish(step + 1, next, made.after());
      }
    }
  }
}
