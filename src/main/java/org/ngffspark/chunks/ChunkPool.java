// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.chunks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Decoded chunks that are not in use, kept for the next task of the same JVM: making and zeroing
 * new memory for every chunk costs as much as decoding it. Holds at most a given number of bytes;
 * chunks of a length that nobody uses any more make room for others. Thread-safe.
 */
public final class ChunkPool {
  private final long capacity;
  // By length, the one that was used last at the end.
  private final Map<Integer, Deque<byte[]>> free = new LinkedHashMap<>(16, 0.75f, true);
  private long held;

  public ChunkPool(long capacity) {
    this.capacity = capacity;
  }

  /** A chunk with arbitrary content. */
  public NdArray take(DataType type, Shape shape) {
    int length = NdArray.byteLength(type, shape);
    synchronized (this) {
      Deque<byte[]> same = free.get(length);
      if (same != null && !same.isEmpty()) {
        held -= length;
        return NdArray.wrap(type, shape, same.pop());
      }
    }
    return NdArray.zeros(type, shape);
  }

  /** Takes back a chunk that nobody uses any more. */
  public synchronized void giveBack(NdArray chunk) {
    int length = chunk.bytes().length;
    if (length > capacity) {
      return;
    }
    Deque<byte[]> same = free.computeIfAbsent(length, key -> new ArrayDeque<>());
    makeRoom(length);
    held += length;
    same.push(chunk.bytes());
  }

  private void makeRoom(int length) {
    Iterator<Map.Entry<Integer, Deque<byte[]>>> lengths = free.entrySet().iterator();
    while (held + length > capacity) {
      Map.Entry<Integer, Deque<byte[]>> oldest = lengths.next();
      while (held + length > capacity && !oldest.getValue().isEmpty()) {
        oldest.getValue().pop();
        held -= oldest.getKey();
      }
      if (oldest.getValue().isEmpty() && oldest.getKey() != length) {
        lengths.remove();
      }
    }
  }
}
