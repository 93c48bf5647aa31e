// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The byte shuffle of Blosc: the first bytes of all elements, then their second bytes, and so on;
 * bytes after the last whole element stay at the end.
 *
 * <p>Eight elements at a time are transposed in 64-bit words by exchanging ever larger fields of
 * two words (Warren, Hacker's Delight, 2nd edition, section 7-3).
 */
final class ByteShuffle {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long BYTES = 0x00ff00ff00ff00ffL;
  private static final long PAIRS = 0x0000ffff0000ffffL;
  private static final long LOW_HALF = 0xffffffffL;

  private ByteShuffle() {}

  private static long load(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  private static void store(byte[] bytes, int at, long word) {
    LONGS.set(bytes, at, word);
  }

  /**
   * @param width bytes of an element
   * @param length bytes to shuffle
   */
  static void shuffle(byte[] source, int from, byte[] target, int to, int width, int length) {
    if (width == 1) {
      System.arraycopy(source, from, target, to, length);
      return;
    }
    int elements = length / width;
    int done =
        switch (width) {
          case 2 -> shuffle2(source, from, target, to, elements);
          case 4 -> shuffle4(source, from, target, to, elements);
          case 8 -> shuffle8(source, from, target, to, elements);
          default -> 0;
        };
    for (int k = 0; k < width; k++) {
      int stream = to + k * elements;
      for (int i = done; i < elements; i++) {
        target[stream + i] = source[from + i * width + k];
      }
    }
    int whole = elements * width;
    System.arraycopy(source, from + whole, target, to + whole, length - whole);
  }

  /** Undoes {@link #shuffle}. */
  static void unshuffle(byte[] source, int from, byte[] target, int to, int width, int length) {
    if (width == 1) {
      System.arraycopy(source, from, target, to, length);
      return;
    }
    int elements = length / width;
    int done =
        switch (width) {
          case 2 -> unshuffle2(source, from, target, to, elements);
          case 4 -> unshuffle4(source, from, target, to, elements);
          case 8 -> unshuffle8(source, from, target, to, elements);
          default -> 0;
        };
    for (int k = 0; k < width; k++) {
      int stream = from + k * elements;
      for (int i = done; i < elements; i++) {
        target[to + i * width + k] = source[stream + i];
      }
    }
    int whole = elements * width;
    System.arraycopy(source, from + whole, target, to + whole, length - whole);
  }

  private static int shuffle2(byte[] source, int from, byte[] target, int to, int elements) {
    int end = elements & -8;
    for (int i = 0; i < end; i += 8) {
      long x = load(source, from + 2 * i);
      long y = load(source, from + 2 * i + 8);
      long a = x & LOW_HALF | y << 32;
      long b = x >>> 32 | y & ~LOW_HALF;
      long t = (a >>> 16 ^ b) & PAIRS;
      a ^= t << 16;
      b ^= t;
      t = (a >>> 8 ^ b) & BYTES;
      store(target, to + i, a ^ t << 8);
      store(target, to + elements + i, b ^ t);
    }
    return end;
  }

  private static int unshuffle2(byte[] source, int from, byte[] target, int to, int elements) {
    int end = elements & -8;
    for (int i = 0; i < end; i += 8) {
      long a = load(source, from + i);
      long b = load(source, from + elements + i);
      long t = (a >>> 8 ^ b) & BYTES;
      a ^= t << 8;
      b ^= t;
      t = (a >>> 16 ^ b) & PAIRS;
      a ^= t << 16;
      b ^= t;
      store(target, to + 2 * i, a & LOW_HALF | b << 32);
      store(target, to + 2 * i + 8, a >>> 32 | b & ~LOW_HALF);
    }
    return end;
  }

  private static int shuffle4(byte[] source, int from, byte[] target, int to, int elements) {
    int end = elements & -8;
    for (int i = 0; i < end; i += 8) {
      int at = from + 4 * i;
      long x = load(source, at);
      long y = load(source, at + 16);
      long a = x & LOW_HALF | y << 32;
      long b = x >>> 32 | y & ~LOW_HALF;
      x = load(source, at + 8);
      y = load(source, at + 24);
      long c = x & LOW_HALF | y << 32;
      long d = x >>> 32 | y & ~LOW_HALF;
      long t = (a >>> 16 ^ c) & PAIRS;
      a ^= t << 16;
      c ^= t;
      t = (b >>> 16 ^ d) & PAIRS;
      b ^= t << 16;
      d ^= t;
      t = (a >>> 8 ^ b) & BYTES;
      store(target, to + i, a ^ t << 8);
      store(target, to + elements + i, b ^ t);
      t = (c >>> 8 ^ d) & BYTES;
      store(target, to + 2 * elements + i, c ^ t << 8);
      store(target, to + 3 * elements + i, d ^ t);
    }
    return end;
  }

  private static int unshuffle4(byte[] source, int from, byte[] target, int to, int elements) {
    int end = elements & -8;
    for (int i = 0; i < end; i += 8) {
      long a = load(source, from + i);
      long b = load(source, from + elements + i);
      long c = load(source, from + 2 * elements + i);
      long d = load(source, from + 3 * elements + i);
      long t = (a >>> 8 ^ b) & BYTES;
      a ^= t << 8;
      b ^= t;
      t = (c >>> 8 ^ d) & BYTES;
      c ^= t << 8;
      d ^= t;
      t = (a >>> 16 ^ c) & PAIRS;
      a ^= t << 16;
      c ^= t;
      t = (b >>> 16 ^ d) & PAIRS;
      b ^= t << 16;
      d ^= t;
      int at = to + 4 * i;
      store(target, at, a & LOW_HALF | b << 32);
      store(target, at + 8, c & LOW_HALF | d << 32);
      store(target, at + 16, a >>> 32 | b & ~LOW_HALF);
      store(target, at + 24, c >>> 32 | d & ~LOW_HALF);
    }
    return end;
  }

  private static int shuffle8(byte[] source, int from, byte[] target, int to, int elements) {
    int end = elements & -8;
    for (int i = 0; i < end; i += 8) {
      transpose8(source, from + 8 * i, 8, target, to + i, elements);
    }
    return end;
  }

  private static int unshuffle8(byte[] source, int from, byte[] target, int to, int elements) {
    int end = elements & -8;
    for (int i = 0; i < end; i += 8) {
      transpose8(source, from + i, elements, target, to + 8 * i, 8);
    }
    return end;
  }

  /** Transposes 8 × 8 bytes. */
  private static void transpose8(
      byte[] source, int from, int step, byte[] target, int to, int targetStep) {
    for (int half = 0; half < 2; half++) {
      int keep = half * 32;
      long a = half(source, from, step, 0, keep);
      long b = half(source, from, step, 1, keep);
      long c = half(source, from, step, 2, keep);
      long d = half(source, from, step, 3, keep);
      long t = (a >>> 8 ^ b) & BYTES;
      a ^= t << 8;
      b ^= t;
      t = (c >>> 8 ^ d) & BYTES;
      c ^= t << 8;
      d ^= t;
      t = (a >>> 16 ^ c) & PAIRS;
      store(target, to + 4 * half * targetStep, a ^ t << 16);
      store(target, to + (4 * half + 2) * targetStep, c ^ t);
      t = (b >>> 16 ^ d) & PAIRS;
      store(target, to + (4 * half + 1) * targetStep, b ^ t << 16);
      store(target, to + (4 * half + 3) * targetStep, d ^ t);
    }
  }

  /** Four bytes of row {@code row}, then the same four of row {@code row + 4}. */
  private static long half(byte[] source, int from, int step, int row, int shift) {
    long upper = load(source, from + row * step) >>> shift & LOW_HALF;
    return upper | load(source, from + (row + 4) * step) >>> shift << 32;
  }
}
