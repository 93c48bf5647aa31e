// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.Shape;

/** The runs of a mask inside a box, cut at the ends of rows, with their places in another array. */
final class RowRuns {
  private static final int OUTSIDE = Integer.MIN_VALUE;

  private final Mask mask;
  private final Box from;
  private final int[] lengths;
  private final long[] targetStrides;
  private final int shift;
  // Of a plane, the last two axes: pixels, rows of the box, step from row to row in the target.
  private final int planeSize;
  private final int firstRow;
  private final int lastRow;
  private final int rowStride;
  // The plane at hand: the index after its last pixel, and where it falls in the target.
  private int planeEnd;
  private int plane = OUTSIDE;

  RowRuns(Mask mask, Box from, Shape target, Box to) {
    check(mask, from, target, to);
    this.mask = mask;
    this.from = from;
    this.lengths = new int[from.rank()];
    this.targetStrides = target.strides();
    long offset = 0;
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis] = (int) mask.shape().get(axis);
      offset += (to.start(axis) - from.start(axis)) * targetStrides[axis];
    }
    this.shift = (int) offset;
    int y = lengths.length - 2;
    this.planeSize = lengths[y + 1] * (y < 0 ? 1 : lengths[y]);
    this.firstRow = y < 0 ? 0 : (int) from.start(y);
    this.lastRow = y < 0 ? 1 : (int) from.stop(y);
    this.rowStride = y < 0 ? 0 : (int) targetStrides[y];
  }

  private static void check(Mask mask, Box from, Shape target, Box to) {
    if (!from.isAsLongAs(to)) {
      throw new IllegalArgumentException("Cannot put " + from + " of a mask over " + to);
    }
    if (!from.isWithin(mask.shape()) || !to.isWithin(target)) {
      throw new IllegalArgumentException(
          "Cannot put " + from + " of a mask over " + mask.shape() + " to " + to + " of " + target);
    }
  }

  void forEach(Mask.RowConsumer consumer) {
    if (from.isEmpty()) {
      return;
    }
    int last = lengths.length - 1;
    int width = lengths[last];
    int low = (int) from.start(last);
    int high = (int) from.stop(last);
    planeEnd = 0;
    int rowStart = 0;
    int rowEnd = 0;
    int place = OUTSIDE;
    for (int run = 0; run < mask.runs(); run++) {
      int index = mask.start(run);
      int end = index + mask.length(run);
      while (index < end) {
        if (index >= rowEnd) {
          // Most runs go on in the next row: that saves a division.
          rowStart = index - rowEnd < width ? rowEnd : index / width * width;
          rowEnd = rowStart + width;
          place = place(rowStart);
        }
        int next = Math.min(end, rowEnd);
        int start = Math.max(index - rowStart, low);
        int stop = Math.min(next - rowStart, high);
        if (place != OUTSIDE && start < stop) {
          consumer.row(rowStart + start, place + start, stop - start);
        }
        index = next;
      }
    }
  }

  /** Where a row of the mask falls in the target, or {@link #OUTSIDE}. */
  private int place(int rowStart) {
    if (rowStart >= planeEnd) {
      enterPlane(rowStart / planeSize);
    }
    int y = (rowStart - (planeEnd - planeSize)) / lengths[lengths.length - 1];
    return y < firstRow || y >= lastRow || plane == OUTSIDE ? OUTSIDE : plane + y * rowStride;
  }

  private void enterPlane(int number) {
    planeEnd = (number + 1) * planeSize;
    int rest = number;
    int offset = shift;
    for (int axis = lengths.length - 3; axis >= 0; axis--) {
      int index = rest % lengths[axis];
      rest /= lengths[axis];
      if (index < from.start(axis) || index >= from.stop(axis)) {
        plane = OUTSIDE;
        return;
      }
      offset += index * (int) targetStrides[axis];
    }
    plane = offset;
  }
}
