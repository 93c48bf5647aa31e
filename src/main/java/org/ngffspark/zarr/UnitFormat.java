// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ngffspark.zarr.codec.CodecPipeline;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.StorePath;

/**
 * How one array's write units lie in its store: their keys, the codecs of a chunk, and of a shard
 * where there are shards. Immutable.
 */
record UnitFormat(
    StorePath path,
    ArrayMetadata metadata,
    ChunkGrid chunks,
    ChunkGrid units,
    CodecPipeline codecs,
    Optional<ShardCodec> shard) {

  /**
   * @param file the metadata file, for messages
   * @throws org.ngffspark.zarr.store.FormatException if a codec is not known
   */
  static UnitFormat of(StorePath path, ArrayMetadata metadata, String file) {
    CodecPipeline codecs = metadata.encoding().pipeline(metadata.type(), metadata.chunks(), file);
    Optional<ShardCodec> shard =
        metadata
            .shards()
            .map(
                lengths ->
                    new ShardCodec(
                        lengths,
                        metadata.chunks(),
                        ((ChunkEncoding.V3) metadata.encoding()).index().orElseThrow(),
                        codecs.maxEncodedLength(),
                        file));
    return new UnitFormat(
        path,
        metadata,
        new ChunkGrid(metadata.shape(), metadata.chunks()),
        new ChunkGrid(metadata.shape(), metadata.writeUnit()),
        codecs,
        shard);
  }

  String key(GridPosition unit) {
    return path.key(metadata.keys().key(unit));
  }

  /** Store and key, for messages. */
  String location(GridPosition unit) {
    return file(unit).toString();
  }

  /** Store and key, and which inner chunk of a shard, for messages. */
  String location(GridPosition unit, GridPosition chunk) {
    return shard.isPresent() ? location(unit) + " inner chunk " + chunk : location(unit);
  }

  StorePath file(GridPosition unit) {
    return path.child(metadata.keys().key(unit));
  }

  /** The place of a chunk in its unit, in C order; 0 where a unit is a chunk. */
  int slot(GridPosition chunk) {
    return shard.map(codec -> codec.slot(chunk)).orElse(0);
  }

  /** No unit is longer. */
  long maxLength() {
    return shard.map(ShardCodec::maxLength).orElse(codecs.maxEncodedLength());
  }

  /** The unit that holds a chunk. */
  GridPosition unitOf(GridPosition chunk) {
    if (shard.isEmpty()) {
      return chunk;
    }
    long[] index = new long[chunk.rank()];
    for (int axis = 0; axis < index.length; axis++) {
      index[axis] = chunk.get(axis) / (units.chunk().get(axis) / chunks.chunk().get(axis));
    }
    return GridPosition.of(index);
  }

  /** The unit's encoded bytes, in the encoded room of {@code buffers}. */
  Optional<ByteBuffer> read(GridPosition unit, ChunkBuffers buffers) {
    return path.store().read(key(unit), buffers.encoded(maxLength(), location(unit)));
  }

  /**
   * Encodes a chunk. What lies past the array's end repeats the last elements before it where a
   * filter changes elements: it holds those, but perhaps not the fill value.
   */
  ByteBuffer encode(Slot.Changed chunk, ChunkBuffers buffers) {
    Box full = chunks.fullBox(chunk.chunk());
    Box inside = chunks.box(chunk.chunk()).relativeTo(full);
    if (!codecs.changesElements() || inside.shape().equals(full.shape())) {
      return codecs.encode(chunk.content(), inside.shape(), buffers.codecs());
    }
    NdArray extended = chunk.content().copy();
    Box known = inside;
    for (int axis = 0; axis < inside.rank(); axis++) {
      long end = inside.stop(axis);
      for (long at = end; at < full.length(axis); at++) {
        extended.paste(extended, known.with(axis, end - 1, end), known.with(axis, at, at + 1));
      }
      known = known.with(axis, 0, full.length(axis));
    }
    return codecs.encode(extended, buffers.codecs());
  }

  /**
   * @throws IllegalArgumentException if the grid has no such position
   */
  static void requireIn(ChunkGrid grid, GridPosition position) {
    if (!contains(grid, position)) {
      throw new IllegalArgumentException(
          "No position " + position + " in the grid of " + grid.chunk() + " over " + grid.array());
    }
  }

  static boolean contains(ChunkGrid grid, GridPosition position) {
    boolean inside = position.rank() == grid.array().rank();
    for (int axis = 0; inside && axis < position.rank(); axis++) {
      inside = position.get(axis) >= 0 && position.get(axis) < grid.count(axis);
    }
    return inside;
  }
}
