// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.pyramid;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ngffspark.chunks.LevelWriter;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.plan.BoxMerge;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * The level after a changed one, made part by part while chunks of that become final: they are
 * still in the processor's cache then, and need not be kept. Not safe for several threads.
 */
public final class NextLevel implements AutoCloseable {
  private final PyramidStep step;
  private final Map<GridPosition, List<Box>> derived;
  private final TaskChunks old;
  private final LevelWriter writer;
  private final Set<GridPosition> done = new HashSet<>();

  /**
   * @param step from the changed level to this one
   * @param derived boxes of this level that are to be made, by write unit
   */
  NextLevel(OpenedImage image, PyramidStep step, Map<GridPosition, List<Box>> derived) {
    this.step = step;
    this.derived = derived;
    this.old = image.chunks(step.target());
    this.writer = new LevelWriter(old, image.pool());
    writer.endReading();
  }

  /** What derives from changed boxes of a level, by write unit of the level after it. */
  static Map<GridPosition, List<Box>> derived(PyramidStep step, List<Box> changed) {
    Map<GridPosition, List<Box>> derived = step.derived(BoxMerge.merge(changed));
    derived.replaceAll((unit, boxes) -> BoxMerge.merge(boxes));
    return derived;
  }

  /**
   * Makes what follows from some changed chunks alone.
   *
   * @param finer the changed level, in which these chunks are as they will be
   * @return whether the chunks are not needed any more
   */
  public boolean add(List<GridPosition> chunks, ChunkSource finer) {
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
   * Makes the rest of the level.
   *
   * @param finer the changed level as it will be
   * @return the level's new content
   */
  LevelWriter finish(ChunkSource finer) {
    derived.values().forEach(boxes -> step.applyRest(boxes, done, finer, writer));
    return writer;
  }

  /** The boxes of this level that are made. */
  List<Box> made() {
    return derived.values().stream().flatMap(Collection::stream).toList();
  }

  @Override
  public void close() {
    writer.close();
    old.close();
  }
}
