// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.ngffspark.chunks.ChunkPool;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.chunks.StagedStore;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.WorkCount;
import org.ngffspark.zarr.UnitUpdate;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;

/**
 * Copies regions of a level: reads each, and stages the write units that lie in it.
 *
 * @param verification of what is staged
 * @param output where it is staged
 * @param pool for the chunks that are held
 */
record ConvertedRegions(
    ConvertedLevel converted, Verification verification, StagedOutput output, ChunkPool pool) {

  TaskResult<Nothing> copy(List<GridPosition> positions) {
    List<StagedUnit> staged = new ArrayList<>();
    for (GridPosition region : positions) {
      Box box = converted.regions().box(region);
      List<GridPosition> units = converted.target().writeUnits().touching(box);
      if (converted.regions().isHeld()) {
        copyHeld(box, units, staged);
      } else {
        units.forEach(unit -> copyInPieces(unit, staged));
      }
    }
    long bytes = staged.stream().mapToLong(StagedUnit::length).sum();
    return TaskResult.<Nothing>of(List.of(), WorkCount.bytesWritten(bytes)).withFiles(staged);
  }

  private void copyHeld(Box region, List<GridPosition> units, List<StagedUnit> staged) {
    try (HeldChunks held = read(region)) {
      for (GridPosition unit : units) {
        Box box = converted.target().writeUnits().box(unit);
        Optional<StagedUnit> made = stage(unit, update -> seal(held, box, update));
        toCompare(unit, made).ifPresent(written -> compare(written, box, held));
        made.ifPresent(staged::add);
      }
    }
  }

  /** Only shards have pieces, whose chunks are encoded one after the other. */
  private void copyInPieces(GridPosition unit, List<StagedUnit> staged) {
    List<Box> pieces = converted.regions().pieces(converted.target().writeUnits().box(unit));
    Optional<StagedUnit> made = stage(unit, update -> seal(pieces, update));
    toCompare(unit, made).ifPresent(written -> compare(written, pieces));
    made.ifPresent(staged::add);
  }

  private void seal(List<Box> pieces, UnitUpdate update) {
    for (Box piece : pieces) {
      try (HeldChunks held = read(piece)) {
        seal(held, piece, update);
      }
    }
  }

  private void compare(ZarrArray written, List<Box> pieces) {
    for (Box piece : pieces) {
      try (HeldChunks held = read(piece)) {
        compare(written, piece, held);
      }
    }
  }

  private HeldChunks read(Box box) {
    HeldChunks held = new HeldChunks(converted.target(), box, pool);
    converted.source().read(box, held);
    return held;
  }

  private static void seal(HeldChunks held, Box box, UnitUpdate update) {
    for (GridPosition chunk : held.touching(box)) {
      update.replace(chunk, held.chunk(chunk));
      update.seal(chunk);
    }
  }

  /** Empty for a unit that is all fill value. */
  private Optional<StagedUnit> stage(GridPosition unit, Consumer<UnitUpdate> content) {
    String key = output.target(converted.target().key(unit));
    try (UnitUpdate update = converted.target().replacement(unit)) {
      content.accept(update);
      return update.encode().map(bytes -> output.stage().put(key, bytes));
    }
  }

  /** The new array as it will be after the commit, if it is to be compared. */
  private Optional<ZarrArray> toCompare(GridPosition unit, Optional<StagedUnit> made) {
    ZarrArray array = converted.target();
    StorePath path = array.path();
    return made.filter(staged -> verification == Verification.READ_BACK)
        .map(staged -> Map.of(array.key(unit), staged))
        .map(byKey -> new StagedStore(path.store(), output.stage(), byKey))
        .map(store -> ZarrArray.at(new StorePath(store, path.path()), array.metadata()));
  }

  /**
   * @throws StoreException if what was written is read back otherwise
   */
  private void compare(ZarrArray written, Box box, HeldChunks expected) {
    try (HeldChunks back = new HeldChunks(written, box, pool)) {
      written.read(box, back);
      if (!back.isLike(expected, box)) {
        throw new StoreException(
            "read back",
            written.path().toString(),
            "the pixels of " + box + " are not those that were written");
      }
    }
  }
}
