// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.chunks;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.UnitContent;
import org.ngffspark.zarr.UnitUpdate;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/**
 * What a task has read of one array: each write unit is read once and each chunk decoded once,
 * however many objects lie in it. Not safe for several threads.
 */
public final class TaskChunks implements ChunkSource, AutoCloseable {
  private final ZarrArray array;
  private final ChunkPool pool;
  private final LongAdder reads;
  private final Map<GridPosition, Optional<NdArray>> chunks = new HashMap<>();
  private final Map<GridPosition, UnitContent> shards = new HashMap<>();

  /**
   * @param reads counts the write units that are asked of the store, stored or not
   */
  public TaskChunks(ZarrArray array, ChunkPool pool, LongAdder reads) {
    this.array = array;
    this.pool = pool;
    this.reads = reads;
  }

  /** Chunks of image and label image, each from its own place. */
  public static ChunkSource both(TaskChunks source, TaskChunks labels) {
    return (array, chunk) -> (array == labels.array() ? labels : source).chunk(array, chunk);
  }

  public ZarrArray array() {
    return array;
  }

  @Override
  public Optional<NdArray> chunk(ZarrArray same, GridPosition chunk) {
    Optional<NdArray> known = chunks.get(chunk);
    if (known == null) {
      known = load(chunk);
      chunks.put(chunk, known);
    }
    return known;
  }

  private Optional<NdArray> load(GridPosition chunk) {
    NdArray memory = pool.take(array.type(), array.chunks().chunk());
    Optional<NdArray> loaded;
    if (array.metadata().shards().isPresent()) {
      loaded = shard(array.writeUnitOf(chunk)).chunk(chunk, memory);
    } else {
      reads.increment();
      loaded = array.readChunk(chunk, memory);
    }
    if (loaded.isEmpty()) {
      pool.giveBack(memory);
    }
    return loaded;
  }

  /**
   * A chunk that is to be changed: from now on it is the caller's, and not to be asked for here.
   */
  Optional<NdArray> handOver(GridPosition chunk) {
    Optional<NdArray> content = chunk(array, chunk);
    chunks.remove(chunk);
    return content;
  }

  /** Gives the memory of a chunk back that nobody asks for any more. */
  public void drop(GridPosition chunk) {
    Optional<NdArray> content = chunks.remove(chunk);
    if (content != null) {
      content.ifPresent(pool::giveBack);
    }
  }

  /** Bytes of the decoded chunks that are held. */
  long bytes() {
    return (long) chunks.size() * NdArray.byteLength(array.type(), array.chunks().chunk());
  }

  private UnitContent shard(GridPosition unit) {
    UnitContent known = shards.get(unit);
    if (known == null) {
      reads.increment();
      known = array.readContent(unit);
      shards.put(unit, known);
    }
    return known;
  }

  /** A change of a write unit; a shard that was read is not read again. */
  UnitUpdate update(GridPosition unit) {
    return array.metadata().shards().isPresent() ? array.update(shard(unit)) : array.update(unit);
  }

  /** Gives the memory back; what came from here must not be used any more. */
  @Override
  public void close() {
    chunks.values().forEach(chunk -> chunk.ifPresent(pool::giveBack));
    chunks.clear();
    shards.clear();
  }
}
