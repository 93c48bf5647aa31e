// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * The level after a changed one, made part by part while chunks of that become final: they are
 * still in the processor's cache then, and need not be kept. Not safe for several threads.
 */
final class NextLevel implements AutoCloseable {
  private final PyramidTask task;
  private final PyramidStep step;
  private final List<PyramidStep> further;
  private final int level;
  private final Map<GridPosition, List<Box>> derived;
  private final TaskChunks old;
  private final LevelWriter writer;
  private final Set<GridPosition> done = new HashSet<>();

  /**
   * @param steps from the changed level on, at least one
   * @param level number of the level to make
   * @param derived boxes of it that are to be made, by write unit
   * @param old its chunks as they are stored
   */
  NextLevel(
      PyramidTask task,
      List<PyramidStep> steps,
      int level,
      Map<GridPosition, List<Box>> derived,
      TaskChunks old,
      LevelWriter writer) {
    this.task = task;
    this.step = steps.get(0);
    this.further = steps.subList(1, steps.size());
    this.level = level;
    this.derived = derived;
    this.old = old;
    this.writer = writer;
    writer.endReading();
  }

  /**
   * Makes what follows from some changed chunks alone.
   *
   * @param finer the changed level, in which these chunks are as they will be
   * @return whether the chunks are not needed any more
   */
  boolean add(List<GridPosition> chunks, ChunkSource finer) {
    boolean complete = true;
    for (GridPosition chunk : chunks) {
      Box changed = step.source().chunks().box(chunk);
      for (GridPosition unit : step.derived(List.of(changed)).keySet()) {
        List<Box> boxes = derived.getOrDefault(unit, List.of());
        complete &= step.applyAlone(chunk, boxes, finer, writer);
      }
      done.add(chunk);
    }
    return complete;
  }

  /**
   * Makes and stages the rest of the level, then the levels after it.
   *
   * @param finer the changed level as it will be
   * @return write units that were read
   */
  long finish(ChunkSource finer) {
    derived.values().forEach(boxes -> step.applyRest(boxes, done, finer, writer));
    List<Box> made = derived.values().stream().flatMap(Collection::stream).toList();
    return task.finish(writer, made, level, further) + old.reads();
  }

  @Override
  public void close() {
    writer.close();
    old.close();
  }
}
