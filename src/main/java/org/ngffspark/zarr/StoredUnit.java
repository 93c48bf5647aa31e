// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * A unit's value as it was read, all of it at once, so that index and chunks of a shard are of one
 * version.
 *
 * @param bytes empty if there is none
 * @param index empty if the unit is a chunk, or there is none
 */
record StoredUnit(Optional<ByteBuffer> bytes, Optional<ShardIndex> index) {
  static final StoredUnit NONE = new StoredUnit(Optional.empty(), Optional.empty());

  static StoredUnit read(UnitFormat format, GridPosition unit, ChunkBuffers buffers) {
    return of(format, unit, format.read(unit, buffers), buffers);
  }

  static StoredUnit of(
      UnitFormat format, GridPosition unit, Optional<ByteBuffer> bytes, ChunkBuffers buffers) {
    if (bytes.isEmpty()) {
      return NONE;
    }
    String location = format.location(unit);
    return new StoredUnit(
        bytes, format.shard().map(shard -> shard.indexOf(bytes.get(), buffers.codecs(), location)));
  }

  /**
   * The encoded bytes of a chunk.
   *
   * @return empty if it is not stored
   */
  Optional<ByteBuffer> chunk(int slot) {
    if (bytes.isEmpty() || index.isEmpty()) {
      return bytes.map(ByteBuffer::duplicate);
    }
    if (!index.get().has(slot)) {
      return Optional.empty();
    }
    index.get().requireInside(slot, bytes.get().remaining());
    return Optional.of(
        ByteBuffer.wrap(
            bytes.get().array(), (int) index.get().offset(slot), (int) index.get().length(slot)));
  }
}
