// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/**
 * The encoded value of one write unit, as it was read in one request. A shard that is about to be
 * rewritten is read whole anyway, for the inner chunks that are carried over. Immutable.
 */
public final class UnitContent {
  private final UnitFormat format;
  private final GridPosition unit;
  private final StoredUnit stored;

  private UnitContent(UnitFormat format, GridPosition unit, StoredUnit stored) {
    this.format = format;
    this.unit = unit;
    this.stored = stored;
  }

  static UnitContent read(UnitFormat format, GridPosition unit) {
    Optional<ByteBuffer> bytes =
        format
            .path()
            .store()
            .read(format.key(unit), ChunkBuffers.fresh(format.maxLength(), format.location(unit)));
    try (ChunkBuffers buffers = ChunkBuffers.borrow()) {
      return new UnitContent(format, unit, StoredUnit.of(format, unit, bytes, buffers));
    }
  }

  static UnitContent none(UnitFormat format, GridPosition unit) {
    return new UnitContent(format, unit, StoredUnit.NONE);
  }

  public GridPosition unit() {
    return unit;
  }

  StoredUnit stored() {
    return stored;
  }

  /**
   * Decodes one chunk of the unit.
   *
   * @param target of the array's type and the full chunk shape
   * @return {@code target}; empty if the chunk is not stored, and {@code target} as it was
   * @throws IllegalArgumentException if the chunk is not of this unit
   * @throws org.ngffspark.zarr.store.FormatException if it is damaged
   */
  public Optional<NdArray> chunk(GridPosition chunk, NdArray target) {
    UnitFormat.requireIn(format.chunks(), chunk);
    if (!format.unitOf(chunk).equals(unit)) {
      throw new IllegalArgumentException("Chunk " + chunk + " is not in write unit " + unit);
    }
    Optional<ByteBuffer> encoded = stored.chunk(format.slot(chunk));
    try (ChunkBuffers buffers = ChunkBuffers.borrow()) {
      encoded.ifPresent(
          bytes ->
              format
                  .codecs()
                  .decode(bytes, target, buffers.codecs(), format.location(unit, chunk)));
    }
    return encoded.map(bytes -> target);
  }
}
