// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.nio.ByteBuffer;
import org.ngffspark.zarr.ChunkEncoding.IndexLocation;
import org.ngffspark.zarr.ChunkEncoding.ShardIndexEncoding;
import org.ngffspark.zarr.codec.CodecPipeline;
import org.ngffspark.zarr.codec.CodecScratch;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.FormatException;

/** How a shard is put together from encoded inner chunks (Zarr v3, "Sharding codec"). */
final class ShardCodec {
  private final Shape inner;
  private final int slots;
  private final Shape indexShape;
  private final CodecPipeline index;
  private final int indexLength;
  private final IndexLocation location;
  private final long maxChunkLength;

  /**
   * @param maxChunkLength of an encoded inner chunk
   * @param file the metadata file, for messages
   * @throws FormatException if the codecs of the index are wrong, or give no fixed length
   */
  ShardCodec(
      Shape shard, Shape chunk, ShardIndexEncoding encoding, long maxChunkLength, String file) {
    long[] counts = new long[shard.rank()];
    long[] indexLengths = new long[shard.rank() + 1];
    for (int axis = 0; axis < counts.length; axis++) {
      counts[axis] = shard.get(axis) / chunk.get(axis);
      indexLengths[axis] = counts[axis];
    }
    indexLengths[counts.length] = 2;
    this.inner = Shape.of(counts);
    this.slots = Math.toIntExact(inner.elements());
    this.indexShape = Shape.of(indexLengths);
    this.index = CodecPipeline.ofV3(encoding.codecs(), DataType.UINT64, indexShape, file);
    this.indexLength =
        Math.toIntExact(
            index
                .fixedEncodedLength()
                .orElseThrow(
                    () ->
                        new JsonView(file, "index_codecs", encoding.codecs())
                            .problem("must give a fixed length, as bytes and crc32c do")));
    this.location = encoding.location();
    this.maxChunkLength = maxChunkLength;
  }

  /** Number of inner chunks of a shard. */
  int slots() {
    return slots;
  }

  /** The place of an inner chunk in its shard, in C order. */
  int slot(GridPosition chunk) {
    long[] index = chunk.toArray();
    for (int axis = 0; axis < index.length; axis++) {
      index[axis] %= inner.get(axis);
    }
    return (int) inner.flatIndex(index);
  }

  int indexLength() {
    return indexLength;
  }

  boolean indexIsFirst() {
    return location == IndexLocation.START;
  }

  /** The part of a shard that holds the index. */
  ByteRange indexRange() {
    return indexIsFirst() ? new ByteRange.Slice(0, indexLength) : new ByteRange.Suffix(indexLength);
  }

  /** No shard of chunks that are used once each is longer. */
  long maxLength() {
    return indexLength + slots * maxChunkLength;
  }

  /** The index of a whole shard. */
  ShardIndex indexOf(ByteBuffer shard, CodecScratch scratch, String shardLocation) {
    if (shard.remaining() < indexLength) {
      throw new FormatException(
          shardLocation,
          "the shard is "
              + shard.remaining()
              + " bytes long, its index alone takes "
              + indexLength);
    }
    int start = indexIsFirst() ? shard.position() : shard.limit() - indexLength;
    return decode(
        shard.duplicate().position(start).limit(start + indexLength), scratch, shardLocation);
  }

  ShardIndex decode(ByteBuffer encoded, CodecScratch scratch, String shardLocation) {
    NdArray decoded = emptyIndex();
    index.decode(encoded, decoded, scratch, shardLocation + " (shard index)");
    return new ShardIndex(decoded, maxChunkLength, shardLocation);
  }

  NdArray emptyIndex() {
    return NdArray.zeros(DataType.UINT64, indexShape);
  }

  ByteBuffer encode(NdArray decoded, CodecScratch scratch) {
    return index.encode(decoded, scratch);
  }
}
