// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bit shuffle of Blosc: bit 0 of all elements, then bit 1, and so on. Input whose number of
 * elements is not a multiple of 8 stays as it is; bytes after the last element stay at the end.
 *
 * <p>It is a byte shuffle, a transposition of the bits in each group of eight bytes, and a byte
 * shuffle of these groups.
 */
final class BitShuffle {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private BitShuffle() {}

  /**
   * @param width bytes of an element
   * @param bytes holds the byte shuffle on the way
   */
  static void shuffle(
      byte[] source, int from, byte[] target, int to, int width, int length, byte[] bytes) {
    int elements = length / width;
    if (elements % 8 != 0) {
      System.arraycopy(source, from, target, to, length);
      return;
    }
    ByteShuffle.shuffle(source, from, bytes, 0, width, length);
    transposeAll(bytes, elements * width);
    for (int k = 0; k < width; k++) {
      int stream = k * elements;
      ByteShuffle.shuffle(bytes, stream, target, to + stream, Long.BYTES, elements);
    }
    int whole = elements * width;
    System.arraycopy(source, from + whole, target, to + whole, length - whole);
  }

  /** Undoes {@link #shuffle}. */
  static void unshuffle(
      byte[] source, int from, byte[] target, int to, int width, int length, byte[] bytes) {
    int elements = length / width;
    if (elements % 8 != 0) {
      System.arraycopy(source, from, target, to, length);
      return;
    }
    for (int k = 0; k < width; k++) {
      int stream = k * elements;
      ByteShuffle.unshuffle(source, from + stream, bytes, stream, Long.BYTES, elements);
    }
    transposeAll(bytes, elements * width);
    int whole = elements * width;
    System.arraycopy(source, from + whole, bytes, whole, length - whole);
    ByteShuffle.unshuffle(bytes, 0, target, to, width, length);
  }

  private static void transposeAll(byte[] bytes, int length) {
    for (int at = 0; at < length; at += Long.BYTES) {
      LONGS.set(bytes, at, transpose((long) LONGS.get(bytes, at)));
    }
  }

  /** Transposes 8 × 8 bits (Warren, Hacker's Delight, 2nd edition, section 7-3). */
  private static long transpose(long bits) {
    long x = bits;
    long t = (x ^ x >>> 7) & 0x00aa00aa00aa00aaL;
    x ^= t ^ t << 7;
    t = (x ^ x >>> 14) & 0x0000cccc0000ccccL;
    x ^= t ^ t << 14;
    t = (x ^ x >>> 28) & 0x00000000f0f0f0f0L;
    return x ^ t ^ t << 28;
  }
}
