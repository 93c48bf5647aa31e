// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Fills an array with elements picked from another one by an index per axis, row by row. Goes by
 * element width and knows no types.
 */
final class IndexGather {
  /** Takes nothing: the element keeps the value it has. */
  static final int NONE = -1;

  private static final VarHandle SHORTS = handle(short[].class);
  private static final VarHandle INTS = handle(int[].class);
  private static final VarHandle LONGS = handle(long[].class);

  private final byte[] from;
  private final byte[] to;
  private final int width;
  private final RowOffsets offsets;
  private final int[][] index;
  private final int[] columns;
  private final boolean wholeRows;
  private int written;

  /**
   * @param index for each axis, an index of {@code source} or {@link #NONE} for every index of
   *     {@code target}
   */
  IndexGather(NdArray source, int[][] index, NdArray target) {
    this.from = source.bytes();
    this.to = target.bytes();
    this.width = source.type().bytes();
    this.offsets = new RowOffsets(source.shape());
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

  void run() {
    fill(0, 0);
  }

  private void fill(int axis, int offset) {
    if (axis == index.length - 1) {
      row(offset);
      written += columns.length;
      return;
    }
    int skipped = 1;
    for (int i = axis + 1; i < index.length; i++) {
      skipped *= index[i].length;
    }
    for (int i : index[axis]) {
      if (i == NONE) {
        written += skipped;
      } else {
        fill(axis + 1, offset + offsets.offset(axis, i));
      }
    }
  }

  private void row(int offset) {
    if (wholeRows) {
      System.arraycopy(
          from, (offset + columns[0]) * width, to, written * width, columns.length * width);
      return;
    }
    switch (width) {
      case 1 -> bytes(offset);
      case 2 -> shorts(offset);
      case 4 -> ints(offset);
      default -> longs(offset);
    }
  }

  private void bytes(int offset) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] != NONE) {
        to[written + i] = from[offset + columns[i]];
      }
    }
  }

  private void shorts(int offset) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] != NONE) {
        SHORTS.set(to, 2 * (written + i), (short) SHORTS.get(from, 2 * (offset + columns[i])));
      }
    }
  }

  private void ints(int offset) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] != NONE) {
        INTS.set(to, 4 * (written + i), (int) INTS.get(from, 4 * (offset + columns[i])));
      }
    }
  }

  private void longs(int offset) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] != NONE) {
        LONGS.set(to, 8 * (written + i), (long) LONGS.get(from, 8 * (offset + columns[i])));
      }
    }
  }
}
