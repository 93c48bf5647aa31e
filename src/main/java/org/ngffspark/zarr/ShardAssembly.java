// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Puts a shard together: index and inner chunks in C order, without gaps, so that equal chunks give
 * equal shards in whichever order they were changed.
 */
final class ShardAssembly {
  private final ShardCodec shard;
  private final Map<Integer, Slot> slots;
  private final StoredUnit carried;
  private final ChunkBuffers buffers;

  /**
   * @param slots all of them {@link Slot.Encoded}
   * @param carried has the chunks that are not in {@code slots}
   */
  ShardAssembly(
      ShardCodec shard, Map<Integer, Slot> slots, StoredUnit carried, ChunkBuffers buffers) {
    this.shard = shard;
    this.slots = slots;
    this.carried = carried;
    this.buffers = buffers;
  }

  /**
   * @return empty if no inner chunk is stored
   * @throws IllegalStateException if the shard would exceed 2 GiB
   */
  Optional<ByteBuffer> assemble() {
    NdArray index = shard.emptyIndex();
    long start = shard.indexIsFirst() ? shard.indexLength() : 0;
    long end = start;
    for (int slot = 0; slot < shard.slots(); slot++) {
      Optional<ByteBuffer> chunk = chunk(slot);
      if (chunk.isPresent()) {
        ShardIndex.write(index, slot, end, chunk.get().remaining());
        end += chunk.get().remaining();
      } else {
        ShardIndex.writeMissing(index, slot);
      }
    }
    if (end == start) {
      return Optional.empty();
    }
    long total = end + (shard.indexIsFirst() ? 0 : shard.indexLength());
    if (total > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          "A shard of " + total + " bytes cannot be written; the limit is 2 GiB");
    }
    ByteBuffer encodedIndex = shard.encode(index, buffers.codecs());
    return Optional.of(
        liesInArena() ? completed(encodedIndex) : write(encodedIndex, start, end, total));
  }

  /** Whether the arena has the chunks in their order in the shard, and nothing else. */
  private boolean liesInArena() {
    boolean isInOrder = !shard.indexIsFirst();
    int end = 0;
    for (int slot = 0; slot < shard.slots() && isInOrder; slot++) {
      if (slots.get(slot) instanceof Slot.Encoded encoded) {
        isInOrder = encoded.isEmpty() || encoded.start() == end;
        end += Math.max(0, encoded.length());
      } else {
        isInOrder = carried.chunk(slot).isEmpty();
      }
    }
    return isInOrder && end == buffers.arena().length();
  }

  private ByteBuffer completed(ByteBuffer index) {
    int end = buffers.arena().append(index);
    return buffers.arena().slice(0, end + index.remaining());
  }

  private ByteBuffer write(ByteBuffer index, long start, long end, long total) {
    ByteBuffer value = buffers.output((int) total).position((int) start);
    for (int slot = 0; slot < shard.slots(); slot++) {
      chunk(slot).ifPresent(value::put);
    }
    value.position(shard.indexIsFirst() ? 0 : (int) end);
    value.put(index);
    return value.position(0);
  }

  private Optional<ByteBuffer> chunk(int slot) {
    if (slots.get(slot) instanceof Slot.Encoded encoded) {
      return encoded.isEmpty()
          ? Optional.empty()
          : Optional.of(buffers.arena().slice(encoded.start(), encoded.length()));
    }
    return carried.chunk(slot);
  }
}
