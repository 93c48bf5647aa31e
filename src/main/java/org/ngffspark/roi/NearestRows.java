// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/** Picks one source element for each target element, row by row, by element width. */
final class NearestRows {
  private static final VarHandle SHORTS = handle(short[].class);
  private static final VarHandle INTS = handle(int[].class);
  private static final VarHandle LONGS = handle(long[].class);

  private final List<AxisSampling> axes;
  private final Box place;
  private final Box target;
  private final byte[] from;
  private final byte[] to;
  private final int width;
  private final RowOffsets offsets;
  private final int[] columns;
  private final boolean wholeRows;
  private int written;

  NearestRows(List<AxisSampling> axes, NdArray block, Box place, NdArray result, Box target) {
    this.axes = axes;
    this.place = place;
    this.target = target;
    this.from = block.bytes();
    this.to = result.bytes();
    this.width = block.type().bytes();
    this.offsets = new RowOffsets(block.shape());
    int x = axes.size() - 1;
    this.wholeRows = axes.get(x).isSame();
    this.columns = new int[(int) target.length(x)];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = (int) (axes.get(x).first(target.start(x) + i) - place.start(x));
    }
  }

  private static VarHandle handle(Class<?> view) {
    return MethodHandles.byteArrayViewVarHandle(view, ByteOrder.nativeOrder());
  }

  void run() {
    fill(0, 0);
  }

  private void fill(int axis, int offset) {
    if (axis == axes.size() - 1) {
      row(offset);
      written += columns.length;
      return;
    }
    for (long o = target.start(axis); o < target.stop(axis); o++) {
      long source = axes.get(axis).first(o) - place.start(axis);
      fill(axis + 1, offset + offsets.offset(axis, source));
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
      to[written + i] = from[offset + columns[i]];
    }
  }

  private void shorts(int offset) {
    for (int i = 0; i < columns.length; i++) {
      SHORTS.set(to, 2 * (written + i), (short) SHORTS.get(from, 2 * (offset + columns[i])));
    }
  }

  private void ints(int offset) {
    for (int i = 0; i < columns.length; i++) {
      INTS.set(to, 4 * (written + i), (int) INTS.get(from, 4 * (offset + columns[i])));
    }
  }

  private void longs(int offset) {
    for (int i = 0; i < columns.length; i++) {
      LONGS.set(to, 8 * (written + i), (long) LONGS.get(from, 8 * (offset + columns[i])));
    }
  }
}
