// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.nio.ByteBuffer;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.FormatException;

/**
 * Where the inner chunks of one shard lie in its value. Slots count the inner chunks of a shard in
 * C order.
 */
final class ShardIndex {
  private static final int ENTRY_BYTES = 16;
  private static final long MISSING = -1;

  private final ByteBuffer entries;
  private final long maxChunkLength;
  private final String location;

  /**
   * @param decoded uint64, offset and length of each slot
   * @param maxChunkLength no inner chunk may be longer
   * @param location the shard, for messages
   */
  ShardIndex(NdArray decoded, long maxChunkLength, String location) {
    this.entries = decoded.buffer();
    this.maxChunkLength = maxChunkLength;
    this.location = location;
  }

  static void write(NdArray index, int slot, long offset, long length) {
    index.buffer().putLong(slot * ENTRY_BYTES, offset).putLong(slot * ENTRY_BYTES + 8, length);
  }

  static void writeMissing(NdArray index, int slot) {
    write(index, slot, MISSING, MISSING);
  }

  /**
   * @throws FormatException if the slot's offset and length cannot be true
   */
  boolean has(int slot) {
    long offset = offset(slot);
    long length = length(slot);
    if (offset == MISSING && length == MISSING) {
      return false;
    }
    if (offset < 0 || length < 0 || offset + length < 0 || length > maxChunkLength) {
      throw problem(slot, "an inner chunk has at most " + maxChunkLength + " bytes");
    }
    return true;
  }

  long offset(int slot) {
    return entries.getLong(slot * ENTRY_BYTES);
  }

  long length(int slot) {
    return entries.getLong(slot * ENTRY_BYTES + 8);
  }

  long end(int slot) {
    return offset(slot) + length(slot);
  }

  /**
   * @param total length of the shard's value
   * @throws FormatException if a slot reaches past it
   */
  void requireInside(int slot, long total) {
    if (end(slot) > total) {
      throw problem(slot, "the shard is " + total + " bytes long");
    }
  }

  private FormatException problem(int slot, String limit) {
    return new FormatException(
        location,
        "the shard index says that inner chunk "
            + slot
            + " has "
            + Long.toUnsignedString(length(slot))
            + " bytes from offset "
            + Long.toUnsignedString(offset(slot))
            + ", but "
            + limit);
  }
}
