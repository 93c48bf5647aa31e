// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.List;
import java.util.Map;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.plan.BoxMerge;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;

/** Makes what follows in coarser levels from what has changed in a finer one. */
final class PyramidTask {
  private final ChunkPool pool;
  private final ReadTrace inputs;
  private final UnitStage stage;

  PyramidTask(ChunkPool pool, ReadTrace inputs, UnitStage stage) {
    this.pool = pool;
    this.inputs = inputs;
    this.stage = stage;
  }

  /** What derives from changed boxes, by write unit of the target level. */
  static Map<GridPosition, List<Box>> derived(PyramidStep step, List<Box> changed) {
    Map<GridPosition, List<Box>> derived = step.derived(BoxMerge.merge(changed));
    derived.replaceAll((unit, boxes) -> BoxMerge.merge(boxes));
    return derived;
  }

  /**
   * Makes all coarser levels, each from the one before it in memory.
   *
   * @param finer the changed level as it will be
   * @param changed boxes of it, in pixels
   * @param level its number
   * @return write units that were read
   */
  long follow(ChunkSource finer, List<Box> changed, int level, List<PyramidStep> steps) {
    if (steps.isEmpty()) {
      return 0;
    }
    try (NextLevel next = begin(changed, level, steps)) {
      return next.finish(finer);
    }
  }

  /**
   * Begins to make all coarser levels. Arguments are those of {@link #follow}.
   *
   * @param steps at least one
   */
  NextLevel begin(List<Box> changed, int level, List<PyramidStep> steps) {
    return begin(steps, level + 1, derived(steps.get(0), changed));
  }

  private NextLevel begin(List<PyramidStep> steps, int level, Map<GridPosition, List<Box>> units) {
    TaskChunks old = new TaskChunks(steps.get(0).target(), pool, inputs);
    return new NextLevel(this, steps, level, units, old, new LevelWriter(old, pool));
  }

  /** Stages a level that is made, and makes those after it. */
  long finish(LevelWriter writer, List<Box> made, int level, List<PyramidStep> further) {
    stage.write(level, writer);
    return follow(writer.after(), made, level, further);
  }

  /**
   * Makes some write units of one level.
   *
   * @param units boxes by write unit
   * @return write units of the target level that were read
   */
  long makeUnits(
      PyramidStep step, int targetLevel, Map<GridPosition, List<Box>> units, ChunkSource finer) {
    try (NextLevel level = begin(List.of(step), targetLevel, units)) {
      return level.finish(finer);
    }
  }
}
