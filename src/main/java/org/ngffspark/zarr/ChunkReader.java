// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;

/**
 * Reads the chunks of a box, each once. Of a shard it reads the index in one request, and inner
 * chunks that follow each other directly in the shard together, up to 4 MiB or one chunk.
 */
final class ChunkReader {
  private static final long MAX_TOGETHER = 4L << 20;

  private final UnitFormat format;
  private final ChunkBuffers buffers;

  ChunkReader(UnitFormat format, ChunkBuffers buffers) {
    this.format = format;
    this.buffers = buffers;
  }

  void read(Box box, ChunkSink sink) {
    for (GridPosition unit : format.units().touching(box)) {
      if (format.shard().isPresent()) {
        readShard(unit, format.shard().get(), box, sink);
      } else {
        readChunk(unit, sink);
      }
    }
  }

  private void readChunk(GridPosition chunk, ChunkSink sink) {
    Optional<ByteBuffer> encoded = format.read(chunk, buffers);
    if (encoded.isEmpty()) {
      sink.missing(chunk);
    } else {
      decode(chunk, encoded.get(), format.location(chunk), sink);
    }
  }

  private void decode(GridPosition chunk, ByteBuffer encoded, String location, ChunkSink sink) {
    NdArray target = sink.target(chunk);
    int needed = sink.needed(chunk, target);
    format.codecs().decode(encoded, target, needed, buffers.codecs(), location);
    sink.stored(chunk, target);
  }

  /** Index and chunks are read one by one: if a writer of this JVM comes between, once more. */
  private void readShard(GridPosition unit, ShardCodec shard, Box box, ChunkSink sink) {
    KeyLock lock = KeyLocks.of(format.file(unit));
    long version;
    do {
      version = lock.version();
      try {
        tryShard(unit, shard, box, sink);
      } catch (FormatException | StoreException failure) {
        if (lock.isStill(version)) {
          throw failure;
        }
      }
    } while (!lock.isStill(version));
  }

  private void tryShard(GridPosition unit, ShardCodec shard, Box box, ChunkSink sink) {
    List<GridPosition> wanted =
        format.chunks().touching(format.units().fullBox(unit).intersect(box));
    Optional<ShardIndex> index = readIndex(unit, shard);
    if (index.isEmpty()) {
      wanted.forEach(sink::missing);
      return;
    }
    List<Part> parts = new ArrayList<>();
    for (GridPosition chunk : wanted) {
      int slot = shard.slot(chunk);
      if (index.get().has(slot)) {
        parts.add(new Part(chunk, index.get().offset(slot), index.get().length(slot)));
      } else {
        sink.missing(chunk);
      }
    }
    parts.sort(Comparator.comparingLong(Part::offset));
    for (int from = 0, to; from < parts.size(); from = to) {
      to = endOfRun(parts, from);
      readRun(unit, parts.subList(from, to), sink);
    }
  }

  private Optional<ShardIndex> readIndex(GridPosition unit, ShardCodec shard) {
    String location = format.location(unit);
    return readRange(unit, shard.indexRange(), shard.indexLength())
        .map(encoded -> shard.decode(encoded, buffers.codecs(), location));
  }

  /** The first part from {@code from} on that does not belong into the same request. */
  private static int endOfRun(List<Part> parts, int from) {
    long start = parts.get(from).offset;
    int to = from + 1;
    while (to < parts.size()
        && parts.get(to).offset == parts.get(to - 1).end()
        && parts.get(to).end() - start <= MAX_TOGETHER) {
      to++;
    }
    return to;
  }

  private void readRun(GridPosition unit, List<Part> run, ChunkSink sink) {
    long start = run.get(0).offset;
    long length = run.get(run.size() - 1).end() - start;
    ByteBuffer bytes =
        readRange(unit, new ByteRange.Slice(start, length), length)
            .orElseThrow(
                () ->
                    new FormatException(
                        format.location(unit), "was deleted while it was being read"));
    for (Part part : run) {
      int at = (int) (part.offset - start);
      decode(
          part.chunk, bytes.slice(at, (int) part.length), format.location(unit, part.chunk), sink);
    }
  }

  private Optional<ByteBuffer> readRange(GridPosition unit, ByteRange range, long length) {
    Store store = format.path().store();
    String key = format.key(unit);
    try {
      return store.read(key, range, buffers.encoded(length, format.location(unit)));
    } catch (StoreException failure) {
      Optional<Long> total = store.status(key).map(KeyStatus::length);
      if (total.isPresent() && total.get() < length + offset(range)) {
        throw new FormatException(
            format.location(unit),
            "the shard is "
                + total.get()
                + " bytes long, but by its index or metadata "
                + length
                + " bytes lie at "
                + (offset(range) == 0 ? "its start or end" : "offset " + offset(range)),
            failure);
      }
      throw failure;
    }
  }

  private static long offset(ByteRange range) {
    return range instanceof ByteRange.Slice slice ? slice.offset() : 0;
  }

  /** An inner chunk and where it lies in its shard. */
  private record Part(GridPosition chunk, long offset, long length) {
    long end() {
      return offset + length;
    }
  }
}
