// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.Shape;

/** The runs of a mask inside a box, cut at the ends of rows, with their places in another array. */
final class RowRuns {
  /** Takes one piece of a run: flat index in the mask, flat index in the target, pixels. */
  @FunctionalInterface
  interface PieceConsumer {
    void piece(int from, int to, int length);
  }

  private static final int OUTSIDE = Integer.MIN_VALUE;

  private final Mask mask;
  private final Box from;
  private final int[] lengths;
  private final int[] targetStrides;
  private final int shift;

  RowRuns(Mask mask, Box from, Shape target, Box to) {
    check(mask, from, target, to);
    this.mask = mask;
    this.from = from;
    this.lengths = new int[from.rank()];
    this.targetStrides = MaskScan.strides(target);
    int offset = 0;
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis] = (int) mask.shape().get(axis);
      offset += (int) (to.start(axis) - from.start(axis)) * targetStrides[axis];
    }
    this.shift = offset;
  }

  private static void check(Mask mask, Box from, Shape target, Box to) {
    if (!from.shape().equals(to.shape())) {
      throw new IllegalArgumentException("Cannot put " + from + " of a mask over " + to);
    }
    if (!Box.whole(mask.shape()).contains(from) || !Box.whole(target).contains(to)) {
      throw new IllegalArgumentException(
          "Cannot put " + from + " of a mask over " + mask.shape() + " to " + to + " of " + target);
    }
  }

  void forEach(PieceConsumer consumer) {
    if (from.isEmpty()) {
      return;
    }
    int last = lengths.length - 1;
    int width = lengths[last];
    int low = (int) from.start(last);
    int high = (int) from.stop(last);
    int row = -1;
    int place = -1;
    for (int run = 0; run < mask.runs(); run++) {
      int index = mask.start(run);
      int end = index + mask.length(run);
      while (index < end) {
        if (index / width != row) {
          row = index / width;
          place = place(row);
        }
        int next = Math.min(end, (row + 1) * width);
        int start = Math.max(index - row * width, low);
        int stop = Math.min(next - row * width, high);
        if (place != OUTSIDE && start < stop) {
          consumer.piece(row * width + start, place + start, stop - start);
        }
        index = next;
      }
    }
  }

  /** Where x = 0 of that row of the mask falls in the target, or {@link #OUTSIDE}. */
  private int place(int row) {
    int rest = row;
    int offset = shift;
    for (int axis = lengths.length - 2; axis >= 0; axis--) {
      int index = rest % lengths[axis];
      rest /= lengths[axis];
      if (index < from.start(axis) || index >= from.stop(axis)) {
        return OUTSIDE;
      }
      offset += index * targetStrides[axis];
    }
    return offset;
  }
}
