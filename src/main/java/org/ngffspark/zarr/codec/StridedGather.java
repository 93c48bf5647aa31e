// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Fills a C-order array from elements that lie at other strides. The plane of the target's fastest
 * axis and the source's is walked in squares, so that both sides stay in the processor's cache.
 */
final class StridedGather {
  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);
  private static final int SQUARE = 32;

  private final byte[] source;
  private final long[] strides;
  private final byte[] target;
  private final long[] lengths;
  private final int width;
  private final int columnAxis;
  private final int rowAxis;

  /**
   * @param strides bytes between neighbours in the source, per axis of the target
   * @param lengths the target's shape
   */
  StridedGather(byte[] source, long[] strides, byte[] target, long[] lengths, int width) {
    this.source = source;
    this.strides = strides;
    this.target = target;
    this.lengths = lengths;
    this.width = width;
    this.columnAxis = lengths.length - 1;
    this.rowAxis = fastestSourceAxis();
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.nativeOrder());
  }

  /** Of the axes before the last, the one with the least stride in the source; -1 if none. */
  private int fastestSourceAxis() {
    int fastest = -1;
    for (int axis = 0; axis < columnAxis; axis++) {
      if (lengths[axis] > 1 && (fastest < 0 || strides[axis] < strides[fastest])) {
        fastest = axis;
      }
    }
    return fastest;
  }

  /**
   * @param start offset of the first element in the source
   */
  void run(int start) {
    for (long length : lengths) {
      if (length == 0) {
        return;
      }
    }
    if (columnAxis < 0) {
      System.arraycopy(source, start, target, 0, width);
    } else {
      walk(0, start, 0);
    }
  }

  private void walk(int axis, long from, long to) {
    if (axis == columnAxis) {
      plane((int) from, (int) to);
      return;
    }
    if (axis == rowAxis) {
      walk(axis + 1, from, to);
      return;
    }
    long targetStride = targetStride(axis);
    for (long i = 0; i < lengths[axis]; i++) {
      walk(axis + 1, from + i * strides[axis], to + i * targetStride);
    }
  }

  private long targetStride(int axis) {
    long stride = width;
    for (int later = axis + 1; later < lengths.length; later++) {
      stride *= lengths[later];
    }
    return stride;
  }

  private void plane(int from, int to) {
    int rows = rowAxis < 0 ? 1 : (int) lengths[rowAxis];
    int columns = (int) lengths[columnAxis];
    int rowStride = rowAxis < 0 ? 0 : (int) strides[rowAxis];
    int targetRowStride = rowAxis < 0 ? 0 : (int) targetStride(rowAxis);
    for (int row = 0; row < rows; row += SQUARE) {
      int rowEnd = Math.min(rows, row + SQUARE);
      for (int column = 0; column < columns; column += SQUARE) {
        int count = Math.min(columns - column, SQUARE);
        int columnStart = from + column * (int) strides[columnAxis];
        for (int r = row; r < rowEnd; r++) {
          line(columnStart + r * rowStride, to + r * targetRowStride + column * width, count);
        }
      }
    }
  }

  private void line(int from, int to, int count) {
    int stride = (int) strides[columnAxis];
    switch (width) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          target[to + i] = source[from + i * stride];
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          SHORTS.set(target, to + 2 * i, (short) SHORTS.get(source, from + i * stride));
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          INTS.set(target, to + 4 * i, (int) INTS.get(source, from + i * stride));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          LONGS.set(target, to + 8 * i, (long) LONGS.get(source, from + i * stride));
        }
      }
    }
  }
}
