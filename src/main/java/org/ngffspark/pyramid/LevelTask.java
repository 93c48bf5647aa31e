// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.pyramid;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ngffspark.chunks.StagedStore;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.chunks.UnitStage;
import org.ngffspark.chunks.WrittenUnit;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.WorkCount;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.store.StorePath;

/**
 * Makes some write units of a coarser level, from staged units of the finer one over those that did
 * not change.
 *
 * @param step 0 for the level after the one whose pixels are taken
 * @param levels those that are made
 * @param units what to make, by write unit
 * @param finer staged units of the finer level that they are made from
 */
record LevelTask(
    int step, LevelRounds.Levels levels, List<UnitBoxes> units, List<WrittenUnit> finer)
    implements FollowUp<Box> {

  /**
   * What to make of a write unit.
   *
   * @param boxes in pixels of its level
   */
  record UnitBoxes(GridPosition unit, List<Box> boxes) implements java.io.Serializable {}

  /** Holds what one write unit is made from at a time. */
  @Override
  public TaskResult<Box> run(OpenedImage image) {
    int level = image.level().level();
    PyramidStep rule = levels.steps(image).get(step);
    ZarrArray source = staged(rule.source(), image);
    UnitStage stage = image.stage();
    for (UnitBoxes unit : units) {
      try (TaskChunks chunks = image.chunks(source);
          NextLevel next = new NextLevel(image, rule, Map.of(unit.unit(), unit.boxes()))) {
        stage.write(level + step + 1, next.finish(chunks));
      }
    }
    return TaskResult.<Box>of(List.of(), WorkCount.NONE).withUnits(stage.units());
  }

  /** An array as it will be after the commit. */
  private ZarrArray staged(ZarrArray array, OpenedImage image) {
    Map<String, StagedUnit> byKey = new HashMap<>();
    finer.forEach(unit -> byKey.put(array.key(unit.unit()), unit.staged()));
    StorePath path = array.path();
    StagedStore store = new StagedStore(path.store(), image.output().stage(), byKey);
    return ZarrArray.at(new StorePath(store, path.path()), array.metadata());
  }
}
