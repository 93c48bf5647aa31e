// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.chunks;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ngffspark.image.Mask;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.transform.ValueMap;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.UnitUpdate;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/**
 * The new content of the chunks of one level that a task changes. What objects read stays as it
 * was: new pixels wait until all is read, then the chunks are changed where they lie in memory. If
 * too many wait, chunks are copied instead. Not safe for several threads.
 */
public final class LevelWriter implements PyramidStep.ChunkTarget, AutoCloseable {
  private final TaskChunks before;
  private final ZarrArray array;
  private final ChunkPool pool;
  private final Map<GridPosition, NdArray> changed = new TreeMap<>();
  private final WaitingPixels waiting;
  private State state = State.WAITING;

  private enum State {
    /** Objects are read; new pixels wait. */
    WAITING,
    /** Objects are read; new pixels go to copies of their chunks. */
    COPYING,
    /** No object is read any more. */
    READ
  }

  public LevelWriter(TaskChunks before, ChunkPool pool) {
    this.before = before;
    this.array = before.array();
    this.pool = pool;
    this.waiting = new WaitingPixels(array, pool);
  }

  public ZarrArray array() {
    return array;
  }

  /**
   * Pastes the masked pixels of a patch, over those that were pasted before.
   *
   * @param place of the patch in the level, in pixels
   * @param mask over the shape of the patch
   */
  public void paste(Box place, Mask mask, NdArray patch) {
    for (GridPosition chunk : array.chunks().touching(place)) {
      Box full = array.chunks().fullBox(chunk);
      Box part = place.intersect(full);
      if (state == State.WAITING) {
        waiting.add(mask, patch, part.relativeTo(place), chunk, part.relativeTo(full));
      } else {
        mask.paste(patch, part.relativeTo(place), chunk(chunk), part.relativeTo(full));
      }
    }
    if (state == State.WAITING && waiting.bytes() > before.bytes() / 2) {
      state = State.COPYING;
      waiting.pasteInto(this::chunk);
    }
  }

  /**
   * Changes the masked pixels in a part of the level where they lie. Only after {@link
   * #endReading}.
   *
   * @param place of the mask in the level, in pixels
   * @param part of the level, in pixels
   * @return how many pixels were changed
   */
  public long replace(Box place, Mask mask, Box part, ValueMap values) {
    Box common = place.intersect(part);
    long[] pixels = {0};
    for (GridPosition chunk : array.chunks().touching(common)) {
      Box full = array.chunks().fullBox(chunk);
      Box here = common.intersect(full);
      NdArray content = chunk(chunk);
      mask.forEachRow(
          here.relativeTo(place),
          content.shape(),
          here.relativeTo(full),
          (from, at, length) -> {
            values.replace(content, at, length);
            pixels[0] += length;
          });
    }
    return pixels[0];
  }

  /**
   * Copies a part of the level as it is now. Only after {@link #endReading}.
   *
   * @param part of the level, in pixels; inside {@code place}
   * @param place of the target in the level, in pixels
   */
  public void copy(Box part, NdArray target, Box place) {
    for (GridPosition chunk : array.chunks().touching(part)) {
      Box full = array.chunks().fullBox(chunk);
      Box here = part.intersect(full);
      target.paste(chunk(chunk), here.relativeTo(full), here.relativeTo(place));
    }
  }

  /** To be called when all that is asked of the chunks before is read. */
  public void endReading() {
    state = State.READ;
    waiting.pasteInto(this::chunk);
  }

  @Override
  public NdArray chunk(GridPosition chunk) {
    return changed.computeIfAbsent(chunk, this::content);
  }

  private NdArray content(GridPosition chunk) {
    if (state == State.READ) {
      return before.handOver(chunk).orElseGet(this::filled);
    }
    Optional<NdArray> old = before.chunk(array, chunk);
    if (old.isEmpty()) {
      return filled();
    }
    NdArray content = pool.take(array.type(), array.chunks().chunk());
    content.copyFrom(old.get());
    return content;
  }

  private NdArray filled() {
    NdArray content = pool.take(array.type(), array.chunks().chunk());
    fill(content);
    return content;
  }

  /** What is stored is not read. */
  @Override
  public NdArray freshChunk(GridPosition chunk) {
    return changed.computeIfAbsent(
        chunk,
        position -> {
          NdArray content = pool.take(array.type(), array.chunks().chunk());
          if (!array.chunks().box(position).equals(array.chunks().fullBox(position))) {
            fill(content);
          }
          return content;
        });
  }

  private void fill(NdArray content) {
    content.fill(array.metadata().fill().bits());
  }

  /** The level as it will be: changed chunks over those before. */
  public ChunkSource after() {
    return (same, chunk) -> {
      NdArray content = changed.get(chunk);
      return content == null ? before.chunk(same, chunk) : Optional.of(content);
    };
  }

  /** The boxes of the changed chunks, in pixels of the level. */
  public List<Box> changedBoxes() {
    return changed.keySet().stream().map(array.chunks()::box).toList();
  }

  /** The boxes of the changed chunks of a write unit, in pixels of the level. */
  public List<Box> changedBoxes(GridPosition unit) {
    return changedChunks(unit).stream().map(array.chunks()::box).toList();
  }

  /** Takes the new value of a write unit; without one the unit is to be deleted. */
  @FunctionalInterface
  interface UnitSink {
    /**
     * @param value valid during the call only
     */
    void write(Optional<ByteBuffer> value);
  }

  /** The write units that have a changed chunk, ascending. */
  public Set<GridPosition> units() {
    Set<GridPosition> units = new TreeSet<>();
    changed.keySet().forEach(chunk -> units.add(array.writeUnitOf(chunk)));
    return units;
  }

  /** Encodes a write unit with its changed chunks. */
  void encode(GridPosition unit, UnitSink sink) {
    List<GridPosition> chunks = changedChunks(unit);
    try (UnitUpdate update = update(unit, chunks.size())) {
      chunks.forEach(chunk -> update.replace(chunk, changed.get(chunk)));
      sink.write(update.encode());
    }
  }

  /** Gives the memory of a write unit back that nobody asks for any more. */
  public void drop(GridPosition unit) {
    changedChunks(unit).forEach(chunk -> pool.giveBack(changed.remove(chunk)));
  }

  /** The changed chunks of a write unit. */
  public List<GridPosition> changedChunks(GridPosition unit) {
    return array.chunks().touching(array.writeUnits().box(unit)).stream()
        .filter(changed::containsKey)
        .toList();
  }

  private UnitUpdate update(GridPosition unit, int changedChunks) {
    int chunks = array.chunks().touching(array.writeUnits().box(unit)).size();
    return changedChunks == chunks ? array.replacement(unit) : before.update(unit);
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    changed.values().forEach(pool::giveBack);
    changed.clear();
  }
}
