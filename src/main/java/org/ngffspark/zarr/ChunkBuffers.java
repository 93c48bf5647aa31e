// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.ngffspark.zarr.codec.CodecScratch;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.FormatException;

/**
 * The memory that reading and writing chunks needs, kept from one chunk to the next: zeroing new
 * arrays of the size of a chunk costs as much as decoding them. Each borrower has one for itself,
 * so a read inside a read is safe. What is given back waits for the same thread's next borrower,
 * softly held, so that a short heap gets it back.
 */
final class ChunkBuffers implements AutoCloseable {
  private static final int MAX_IDLE = 3;
  private static final int MAX_IDLE_CHUNKS = 4;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private static final ThreadLocal<SoftReference<Deque<ChunkBuffers>>> IDLE =
      ThreadLocal.withInitial(() -> new SoftReference<>(new ArrayDeque<>()));

  private final CodecScratch codecs = new CodecScratch();
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private final GrowingBytes arena = new GrowingBytes();
  private byte[] encoded = new byte[0];
  private byte[] output = new byte[0];

  private ChunkBuffers() {}

  static ChunkBuffers borrow() {
    ChunkBuffers free = idle().pollFirst();
    return free == null ? new ChunkBuffers() : free;
  }

  private static Deque<ChunkBuffers> idle() {
    Deque<ChunkBuffers> idle = IDLE.get().get();
    if (idle == null) {
      idle = new ArrayDeque<>();
      IDLE.set(new SoftReference<>(idle));
    }
    return idle;
  }

  /** Gives it back; nothing that came from it may be used any more. */
  @Override
  public void close() {
    arena.clear();
    if (idle().size() < MAX_IDLE) {
      idle().addFirst(this);
    } else {
      codecs.close();
    }
  }

  CodecScratch codecs() {
    return codecs;
  }

  /** Encoded chunks one after the other; empty when borrowed. */
  GrowingBytes arena() {
    return arena;
  }

  /**
   * Room for one encoded value; the next call reuses it.
   *
   * @param limit a longer value is refused before it is read
   */
  BufferSource encoded(long limit, String location) {
    return length -> {
      requireLength(length, limit, location);
      if (encoded.length < length) {
        encoded = new byte[(int) length];
      }
      return ByteBuffer.wrap(encoded, 0, (int) length);
    };
  }

  /** New memory for one encoded value, with the same limit. */
  static BufferSource fresh(long limit, String location) {
    return length -> {
      requireLength(length, limit, location);
      return ByteBuffer.allocate((int) length);
    };
  }

  private static void requireLength(long length, long limit, String location) {
    if (length > limit || length > MAX_ARRAY) {
      throw new FormatException(
          location,
          "is " + length + " bytes long; by the array's metadata it has at most " + limit);
    }
    long memory = Runtime.getRuntime().maxMemory();
    if (length > memory / 2) {
      throw new IllegalArgumentException(
          "%s takes %d MiB, and this process may have %d MiB in all; give it at least twice as much"
              .formatted(location, length >> 20, memory >> 20));
    }
  }

  /** Room for a value to be written; the next call reuses it. */
  ByteBuffer output(int length) {
    if (output.length < length) {
      output = new byte[length];
    }
    return ByteBuffer.wrap(output, 0, length);
  }

  /** An array with arbitrary content. */
  NdArray take(DataType type, Shape shape) {
    int length = NdArray.byteLength(type, shape);
    Iterator<byte[]> free = chunks.iterator();
    while (free.hasNext()) {
      byte[] bytes = free.next();
      if (bytes.length == length) {
        free.remove();
        return NdArray.wrap(type, shape, bytes);
      }
    }
    return NdArray.zeros(type, shape);
  }

  /** Takes back what {@link #take} gave. */
  void giveBack(NdArray chunk) {
    chunks.addFirst(chunk.bytes());
    if (chunks.size() > MAX_IDLE_CHUNKS) {
      chunks.removeLast();
    }
  }

  /** Bytes that are appended to. */
  static final class GrowingBytes {
    private byte[] bytes = new byte[0];
    private int length;

    void clear() {
      length = 0;
    }

    int length() {
      return length;
    }

    /**
     * @return where the value starts
     * @throws IllegalStateException if all together exceed 2 GiB
     */
    int append(ByteBuffer value) {
      long needed = (long) length + value.remaining();
      if (needed > MAX_ARRAY) {
        throw new IllegalStateException("Encoded chunks of one shard exceed 2 GiB");
      }
      if (bytes.length < needed) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_ARRAY, Math.max(needed, 2L * length)));
      }
      int start = length;
      length = (int) needed;
      value.duplicate().get(bytes, start, value.remaining());
      return start;
    }

    ByteBuffer slice(int start, int count) {
      return ByteBuffer.wrap(bytes, start, count);
    }
  }
}
