// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bit shuffle of Blosc: bit 0 of all elements, then bit 1, and so on. Input whose number of
 * elements is not a multiple of 8 stays as it is; bytes after the last element stay at the end.
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
    int groups = elements / 8;
    for (int k = 0; k < width; k++) {
      for (int group = 0; group < groups; group++) {
        long bits = transpose((long) LONGS.get(bytes, k * elements + 8 * group));
        int at = to + k * elements + group;
        for (int bit = 0; bit < 8; bit++) {
          target[at + bit * groups] = (byte) (bits >>> (8 * bit));
        }
      }
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
    int groups = elements / 8;
    for (int k = 0; k < width; k++) {
      for (int group = 0; group < groups; group++) {
        int at = from + k * elements + group;
        long bits = 0;
        for (int bit = 0; bit < 8; bit++) {
          bits |= (source[at + bit * groups] & 0xffL) << (8 * bit);
        }
        LONGS.set(bytes, k * elements + 8 * group, transpose(bits));
      }
    }
    int whole = elements * width;
    System.arraycopy(source, from + whole, bytes, whole, length - whole);
    ByteShuffle.unshuffle(bytes, 0, target, to, width, length);
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
