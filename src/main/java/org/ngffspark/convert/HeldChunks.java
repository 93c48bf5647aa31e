// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ngffspark.chunks.ChunkPool;
import org.ngffspark.zarr.BoxTarget;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/**
 * The pixels of a box of a new array, in its chunks, so that those of an old one are copied once
 * from where they were decoded to where they are encoded. Not safe for several threads.
 */
final class HeldChunks implements BoxTarget, AutoCloseable {
  private final ChunkGrid grid;
  private final ChunkPool pool;
  private final Map<GridPosition, NdArray> chunks = new TreeMap<>();

  /**
   * @param box whole chunks; to be read wholly before a chunk is taken
   */
  HeldChunks(ZarrArray array, Box box, ChunkPool pool) {
    this.grid = array.chunks();
    this.pool = pool;
    for (GridPosition position : grid.touching(box)) {
      NdArray chunk = pool.take(array.type(), grid.chunk());
      chunks.put(position, chunk);
      if (!grid.box(position).equals(grid.fullBox(position))) {
        chunk.fill(array.metadata().fill().bits());
      }
    }
  }

  /** A chunk, of the full chunk shape; valid until this is closed. */
  NdArray chunk(GridPosition position) {
    return chunks.get(position);
  }

  /** The chunks of a box, in C order. */
  List<GridPosition> touching(Box box) {
    return grid.touching(box);
  }

  /** Whether both have the same pixels, bit for bit, of the same box. */
  boolean isLike(HeldChunks other, Box box) {
    return touching(box).stream()
        .allMatch(at -> Arrays.equals(chunk(at).bytes(), other.chunk(at).bytes()));
  }

  @Override
  public Optional<NdArray> memory(Box place) {
    if (!place.isWithin(grid.array()) || place.isEmpty()) {
      return Optional.empty();
    }
    GridPosition at = grid.at(place);
    return grid.fullBox(at).equals(place) ? Optional.ofNullable(chunks.get(at)) : Optional.empty();
  }

  @Override
  public void paste(Box place, NdArray content, Box part) {
    for (GridPosition at : grid.touching(place)) {
      Box full = grid.fullBox(at);
      Box common = full.intersect(place);
      Box from = common.relativeTo(place).within(part);
      chunk(at).paste(content, from, common.relativeTo(full));
    }
  }

  @Override
  public void fill(Box place, long bits) {
    for (GridPosition at : grid.touching(place)) {
      Box full = grid.fullBox(at);
      chunk(at).fill(full.intersect(place).relativeTo(full), bits);
    }
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    chunks.values().forEach(pool::giveBack);
    chunks.clear();
  }
}
