// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Elements;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Adds up values of pixels; those of integers of up to 32 bits exactly. Not safe for several
 * threads.
 */
public final class PixelSums {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  // Every other pixel of the four in a long.
  private static final long EVEN = 0x0000FFFF0000FFFFL;
  private static final long LANE = 0xFFFFFFFFL;
  // So many bytes of pixels cannot make a sum of pairs larger than 32 bits.
  private static final int MOST_BYTES = 1 << 18;
  private static final int BLOCK = 256;

  private final double[] block = new double[BLOCK];
  private long pixels;
  private double sum;

  /**
   * Adds neighbouring pixels.
   *
   * @param from flat index of the first one, in C order
   */
  public void add(NdArray array, int from, int count) {
    if (array.type() == DataType.UINT16) {
      pixels += count;
      sum += shorts(array.bytes(), from * Short.BYTES, (from + count) * Short.BYTES);
    } else if (array.type() == DataType.UINT8) {
      pixels += count;
      sum += bytes(array.bytes(), from, from + count);
    } else {
      addNumbers(array, from, count);
    }
  }

  private static long bytes(byte[] bytes, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += bytes[i] & 0xFF;
    }
    return sum;
  }

  /** Four pixels at a time, in two lanes of 32 bits. */
  private static long shorts(byte[] bytes, int from, int to) {
    long sum = 0;
    int i = from;
    while (i <= to - Long.BYTES) {
      int stop = Math.min(to - Long.BYTES, i + MOST_BYTES - Long.BYTES);
      long lanes = 0;
      for (; i <= stop; i += Long.BYTES) {
        long four = (long) LONGS.get(bytes, i);
        lanes += (four & EVEN) + (four >>> Short.SIZE & EVEN);
      }
      sum += (lanes & LANE) + (lanes >>> Integer.SIZE);
    }
    for (; i < to; i += Short.BYTES) {
      sum += (short) SHORTS.get(bytes, i) & 0xFFFF;
    }
    return sum;
  }

  private void addNumbers(NdArray array, int from, int count) {
    Elements elements = Elements.of(array.type());
    for (int at = 0; at < count; at += BLOCK) {
      int length = Math.min(BLOCK, count - at);
      elements.read(array.bytes(), from + at, length, block, 0);
      for (int i = 0; i < length; i++) {
        if (!Double.isNaN(block[i])) {
          sum += block[i];
          pixels++;
        }
      }
    }
  }

  /** All that was added. */
  ValueSum result() {
    return new ValueSum(pixels, sum);
  }
}
