// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;

/**
 * Copies regions of a level: reads each, and stages the write units that lie in it.
 *
 * @param verification of what is staged
 * @param output where it is staged
 */
record ConvertedRegions(ConvertedLevel converted, Verification verification, StagedOutput output) {

  /** Pixels, and the box of the new array that they are of. */
  private record Piece(Box place, NdArray pixels) {
    NdArray cut(Box box) {
      return pixels.cut(box.relativeTo(place));
    }
  }

  TaskResult<Nothing> copy(List<GridPosition> positions) {
    Regions grid = converted.regions();
    List<StagedUnit> staged = new ArrayList<>();
    for (GridPosition region : positions) {
      Box box = grid.box(region);
      Optional<Piece> held =
          grid.isHeld()
              ? Optional.of(new Piece(box, converted.source().read(box)))
              : Optional.empty();
      for (GridPosition unit : converted.target().writeUnits().touching(box)) {
        copy(unit, held).ifPresent(staged::add);
      }
    }
    long bytes = staged.stream().mapToLong(StagedUnit::length).sum();
    return TaskResult.<Nothing>of(List.of(), WorkCount.bytesWritten(bytes)).withFiles(staged);
  }

  /**
   * Empty for a unit that is all fill value.
   *
   * @throws StoreException if what was written is read back otherwise
   */
  private Optional<StagedUnit> copy(GridPosition unit, Optional<Piece> held) {
    Box box = converted.target().writeUnits().box(unit);
    List<Box> pieces = held.isPresent() ? List.of(box) : converted.regions().pieces(box);
    Optional<StagedUnit> staged = stage(unit, pieces, held);
    if (verification == Verification.READ_BACK && staged.isPresent()) {
      ZarrArray written = written(unit, staged.get());
      for (Box part : pieces) {
        NdArray expected = piece(part, held).cut(part);
        if (!Arrays.equals(written.read(part).bytes(), expected.bytes())) {
          throw new StoreException(
              "read back",
              converted.target().path().child(staged.get().key()).toString(),
              "the pixels of " + part + " are not those that were written");
        }
      }
    }
    return staged;
  }

  private Piece piece(Box part, Optional<Piece> held) {
    return held.orElseGet(() -> new Piece(part, converted.source().read(part)));
  }

  private Optional<StagedUnit> stage(GridPosition unit, List<Box> pieces, Optional<Piece> held) {
    ZarrArray array = converted.target();
    try (UnitUpdate update = array.replacement(unit)) {
      for (Box part : pieces) {
        Piece piece = piece(part, held);
        for (GridPosition chunk : array.chunks().touching(part)) {
          put(piece, chunk, update);
          update.seal(chunk);
        }
      }
      Optional<ByteBuffer> value = update.encode();
      return value.map(bytes -> output.stage().put(output.target(array.key(unit)), bytes));
    }
  }

  private void put(Piece piece, GridPosition chunk, UnitUpdate update) {
    Box place = converted.target().chunks().box(chunk);
    if (!place.equals(converted.target().chunks().fullBox(chunk))) {
      Box inside = Box.whole(place.shape());
      update.emptyChunk(chunk).paste(piece.pixels(), place.relativeTo(piece.place()), inside);
    } else if (place.equals(piece.place())) {
      update.replace(chunk, piece.pixels());
    } else {
      Box inside = Box.whole(place.shape());
      update.rawChunk(chunk).paste(piece.pixels(), place.relativeTo(piece.place()), inside);
    }
  }

  /** The new array as it will be after the commit. */
  private ZarrArray written(GridPosition unit, StagedUnit staged) {
    ZarrArray array = converted.target();
    Map<String, StagedUnit> byKey = Map.of(array.key(unit), staged);
    StorePath path = array.path();
    StagedStore store = new StagedStore(path.store(), output.stage(), byKey);
    return ZarrArray.at(new StorePath(store, path.path()), array.metadata());
  }
}
