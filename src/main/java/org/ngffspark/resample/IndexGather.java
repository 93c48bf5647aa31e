// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.resample;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Fills an array with elements picked from another one by an index per axis, row by row. Goes by
 * element width and knows no types.
 */
public final class IndexGather {
  /** Takes nothing: the element keeps the value it has. */
  public static final int NONE = -1;

  private static final VarHandle SHORTS = handle(short[].class);
  private static final VarHandle INTS = handle(int[].class);
  private static final VarHandle LONGS = handle(long[].class);

  private final byte[] from;
  private final byte[] to;
  private final int width;
  private final long[] strides;
  private final long[] targetStrides;
  private final Box target;
  private final int[][] index;
  private final int[] columns;
  private final boolean wholeRows;

  /**
   * @param index for each axis, an index of {@code source} or {@link #NONE} for every index of
   *     {@code target}
   * @param result takes the elements
   * @param target the box of {@code result} that they fill
   */
  public IndexGather(NdArray source, int[][] index, NdArray result, Box target) {
    this.from = source.bytes();
    this.to = result.bytes();
    this.width = source.type().bytes();
    this.strides = source.shape().strides();
    this.targetStrides = result.shape().strides();
    this.target = target;
    this.index = index;
    this.columns = index[index.length - 1];
    this.wholeRows = isRange(columns);
  }

  private static boolean isRange(int[] columns) {
    boolean range = columns.length > 0 && columns[0] != NONE;
    for (int i = 1; range && i < columns.length; i++) {
      range = columns[i] == columns[0] + i;
    }
    return range;
  }

  private static VarHandle handle(Class<?> view) {
    return MethodHandles.byteArrayViewVarHandle(view, ByteOrder.nativeOrder());
  }

  /** Copies the elements. */
  public void run() {
    fill(0, 0, 0);
  }

  private void fill(int axis, int from, int to) {
    int made = to + (int) (targetStrides[axis] * target.start(axis));
    if (axis == index.length - 1) {
      row(from, made);
      return;
    }
    for (int i = 0; i < index[axis].length; i++) {
      if (index[axis][i] != NONE) {
        fill(
            axis + 1,
            from + (int) (strides[axis] * index[axis][i]),
            made + (int) (targetStrides[axis] * i));
      }
    }
  }

  private void row(int offset, int made) {
    if (wholeRows) {
      System.arraycopy(
          from, (offset + columns[0]) * width, to, made * width, columns.length * width);
      return;
    }
    switch (width) {
      case 1 -> bytes(offset, made);
      case 2 -> shorts(offset, made);
      case 4 -> ints(offset, made);
      default -> longs(offset, made);
    }
  }

  private void bytes(int offset, int made) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] != NONE) {
        to[made + i] = from[offset + columns[i]];
      }
    }
  }

  private void shorts(int offset, int made) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] != NONE) {
        SHORTS.set(to, 2 * (made + i), (short) SHORTS.get(from, 2 * (offset + columns[i])));
      }
    }
  }

  private void ints(int offset, int made) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] != NONE) {
        INTS.set(to, 4 * (made + i), (int) INTS.get(from, 4 * (offset + columns[i])));
      }
    }
  }

  private void longs(int offset, int made) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] != NONE) {
        LONGS.set(to, 8 * (made + i), (long) LONGS.get(from, 8 * (offset + columns[i])));
      }
    }
  }
}
