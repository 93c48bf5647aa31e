// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.StorePath;

/**
 * Decoded chunks of any arrays, of which those are let go first that were not asked for longest.
 * Safe for several threads.
 */
final class RecentChunks implements ChunkSource {
  private static final boolean BY_LAST_USE = true;

  private final long mostBytes;
  private final Map<Key, Optional<NdArray>> chunks = new LinkedHashMap<>(16, 0.75f, BY_LAST_USE);
  private long bytes;

  private record Key(StorePath array, GridPosition chunk) {}

  /**
   * @param mostBytes that decoded chunks may take; the last one is kept however large it is
   */
  RecentChunks(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public synchronized Optional<NdArray> chunk(ZarrArray array, GridPosition chunk) {
    Key key = new Key(array.path(), chunk);
    Optional<NdArray> known = chunks.get(key);
    if (known == null) {
      known = array.readChunk(chunk);
      chunks.put(key, known);
      bytes += bytes(known);
      letGo();
    }
    return known;
  }

  private void letGo() {
    Iterator<Optional<NdArray>> oldest = chunks.values().iterator();
    while (bytes > mostBytes && chunks.size() > 1) {
      bytes -= bytes(oldest.next());
      oldest.remove();
    }
  }

  private static long bytes(Optional<NdArray> chunk) {
    return chunk.map(content -> (long) content.bytes().length).orElse(0L);
  }

  /** Lets the chunks of an array go, which may have been written since. */
  synchronized void forget(ZarrArray array) {
    chunks.entrySet().removeIf(entry -> entry.getKey().array.equals(array.path()));
    bytes = chunks.values().stream().mapToLong(RecentChunks::bytes).sum();
  }
}
