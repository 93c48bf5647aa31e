// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.Collection;
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
  private final Inputs inputs;
  private final UnitStage stage;

  PyramidTask(ChunkPool pool, Inputs inputs, UnitStage stage) {
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
    PyramidStep step = steps.get(0);
    TaskChunks old = new TaskChunks(step.target(), pool, inputs);
    LevelWriter writer = new LevelWriter(old, pool);
    writer.endReading();
    return new NextLevel(this, steps, level + 1, derived(step, changed), old, writer);
  }

  /** Stages a level that is made, and makes those after it. */
  long finish(LevelWriter writer, List<Box> made, int level, List<PyramidStep> further) {
    stage.write(level, writer);
    return follow(writer.after(), made, level, further);
  }

  /**
   * Makes some write units of one level.
   *
   * @param boxes by write unit
   * @return write units of the target level that were read
   */
  long makeUnits(
      PyramidStep step, int targetLevel, Collection<List<Box>> boxes, ChunkSource finer) {
    try (TaskChunks old = new TaskChunks(step.target(), pool, inputs);
        LevelWriter writer = new LevelWriter(old, pool)) {
      writer.endReading();
      boxes.forEach(unit -> step.apply(unit, finer, writer));
      stage.write(targetLevel, writer);
      return old.reads();
    }
  }
}
