// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.chunks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Decoded chunks that are not in use, kept for the next task of the same JVM: making and zeroing
 * new memory for every chunk costs as much as decoding it. Holds at most a given number of bytes.
 */
public final class ChunkPool {
  private final long capacity;
  private final Map<Integer, Deque<byte[]>> free = new HashMap<>();
  private long held;

  public ChunkPool(long capacity) {
    this.capacity = capacity;
  }

  /** A chunk with arbitrary content. */
  NdArray take(DataType type, Shape shape) {
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
  synchronized void giveBack(NdArray chunk) {
    int length = chunk.bytes().length;
    if (held + length <= capacity) {
      held += length;
      free.computeIfAbsent(length, key -> new ArrayDeque<>()).push(chunk.bytes());
    }
  }
}
