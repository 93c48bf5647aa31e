// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.resample;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Linear interpolation where y and x are halved exactly and nothing else changes: the mean of 2 x 2
 * unsigned integers, half up. Whole words are added at a time. The double rule gives the same
 * numbers, since four such integers and their quarter are exact in double.
 */
final class HalvingRows {
  private static final VarHandle LONGS = handle(long[].class);
  private static final VarHandle INTS = handle(int[].class);
  private static final VarHandle SHORTS = handle(short[].class);
  private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  private static final long BYTE_LANES = 0x00ff00ff00ff00ffL;
  private static final long SHORT_LANES = 0x0000ffff0000ffffL;
  private static final long INT_LANE = 0xffffffffL;

  private final byte[] from;
  private final byte[] to;
  private final Box source;
  private final Box target;
  private final long[] strides;
  private final long[] targetStrides;
  private final int width;
  private final int columns;
  private final int rowBytes;

  /**
   * @param source what the result is made from, within {@code block}
   * @param target where the result goes, within {@code result}
   */
  HalvingRows(NdArray block, Box source, NdArray result, Box target) {
    this.from = block.bytes();
    this.to = result.bytes();
    this.source = source;
    this.target = target;
    this.strides = block.shape().strides();
    this.targetStrides = result.shape().strides();
    this.width = block.type().bytes();
    Shape shape = block.shape();
    this.columns = (int) target.length(shape.rank() - 1);
    this.rowBytes = (int) shape.get(shape.rank() - 1) * width;
  }

  static boolean canHalve(List<AxisSampling> axes, DataType type) {
    boolean known = type == DataType.UINT8 || type == DataType.UINT16 || type == DataType.UINT32;
    int y = axes.size() - 2;
    for (int axis = 0; known && axis < axes.size(); axis++) {
      AxisSampling sampling = axes.get(axis);
      known =
          axis < y
              ? sampling.isSame()
              : sampling.sourceLength() % 2 == 0
                  && sampling.sourceLength() / 2 == sampling.targetLength();
    }
    return known && y >= 0;
  }

  private static VarHandle handle(Class<?> view) {
    return MethodHandles.byteArrayViewVarHandle(view, ByteOrder.nativeOrder());
  }

  void run() {
    fill(0, 0, 0);
  }

  private void fill(int axis, int from, int to) {
    int first = from + (int) (strides[axis] * source.start(axis));
    int made = to + (int) (targetStrides[axis] * target.start(axis));
    if (axis == source.rank() - 1) {
      row(first * width, made * width);
      return;
    }
    int step = axis == source.rank() - 2 ? 2 : 1;
    for (int i = 0; i < target.length(axis); i++) {
      fill(
          axis + 1,
          first + (int) (strides[axis] * step * i),
          made + (int) (targetStrides[axis] * i));
    }
  }

  private void row(int offset, int made) {
    switch (width) {
      case 1 -> bytes(offset, offset + rowBytes, made);
      case 2 -> shorts(offset, offset + rowBytes, made);
      default -> ints(offset, offset + rowBytes, made);
    }
  }

  private void bytes(int upper, int lower, int made) {
    int i = 0;
    for (; i + 4 <= columns; i += 4) {
      long a = (long) LONGS.get(from, upper + 2 * i);
      long b = (long) LONGS.get(from, lower + 2 * i);
      long sum = (a & BYTE_LANES) + ((a >>> 8) & BYTE_LANES);
      sum += (b & BYTE_LANES) + ((b >>> 8) & BYTE_LANES) + 0x0002000200020002L;
      long mean = (sum >>> 2) & BYTE_LANES;
      mean = (mean | (mean >>> 8)) & SHORT_LANES;
      INTS.set(to, made + i, (int) (mean | (mean >>> 16)));
    }
    for (; i < columns; i++) {
      int sum = (from[upper + 2 * i] & 0xff) + (from[upper + 2 * i + 1] & 0xff);
      sum += (from[lower + 2 * i] & 0xff) + (from[lower + 2 * i + 1] & 0xff);
      to[made + i] = (byte) ((sum + 2) >> 2);
    }
  }

  private void shorts(int upper, int lower, int made) {
    int i = 0;
    for (; i + 4 <= columns; i += 4) {
      long first = twoShorts(upper + 4 * i, lower + 4 * i);
      long second = twoShorts(upper + 4 * i + 8, lower + 4 * i + 8);
      LONGS.set(to, made + 2 * i, LITTLE_ENDIAN ? first | second << 32 : first << 32 | second);
    }
    for (; i < columns; i++) {
      int a = (int) INTS.get(from, upper + 4 * i);
      int b = (int) INTS.get(from, lower + 4 * i);
      int sum = (a & 0xffff) + (a >>> 16) + (b & 0xffff) + (b >>> 16);
      SHORTS.set(to, made + 2 * i, (short) ((sum + 2) >> 2));
    }
  }

  private long twoShorts(int upper, int lower) {
    long a = (long) LONGS.get(from, upper);
    long b = (long) LONGS.get(from, lower);
    long sum = (a & SHORT_LANES) + ((a >>> 16) & SHORT_LANES);
    sum += (b & SHORT_LANES) + ((b >>> 16) & SHORT_LANES) + 0x0000000200000002L;
    long mean = (sum >>> 2) & SHORT_LANES;
    return (mean | (mean >>> 16)) & INT_LANE;
  }

  private void ints(int upper, int lower, int made) {
    for (int i = 0; i < columns; i++) {
      long a = (long) LONGS.get(from, upper + 8 * i);
      long b = (long) LONGS.get(from, lower + 8 * i);
      long sum = (a & INT_LANE) + (a >>> 32) + (b & INT_LANE) + (b >>> 32);
      INTS.set(to, made + 4 * i, (int) ((sum + 2) >> 2));
    }
  }
}
