// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import org.ngffspark.image.Mask;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.zarr.nd.Box;

/**
 * The rectangle of one plane of a patch that holds all pixels a filter reads or writes. Pixels in
 * it are numbered row by row.
 *
 * @param origin flat index in the patch of the first pixel
 * @param stride pixels of a row of the patch
 * @param height rows
 * @param width columns
 */
record Window(int origin, int stride, int height, int width) {

  /** The window in the first plane of the object's patch; empty if nothing is written. */
  static Window of(MaskedPatch object) {
    Mask written = object.written();
    Box box = written.bounds();
    if (!object.mask().isEmpty()) {
      box = written.isEmpty() ? object.mask().bounds() : box.union(object.mask().bounds());
    }
    int y = box.rank() - 2;
    int x = box.rank() - 1;
    int stride = (int) written.shape().get(x);
    int origin = (int) (box.start(y) * stride + box.start(x));
    return new Window(origin, stride, (int) box.length(y), (int) box.length(x));
  }

  /** The same window in the plane that starts at that flat index. */
  Window at(int plane) {
    return new Window(plane + origin, stride, height, width);
  }

  int size() {
    return height * width;
  }

  /** Number of pixels of the mask in this window. */
  long count(Mask mask) {
    long[] pixels = {0};
    forEachRun(mask, (start, at, length) -> pixels[0] += length);
    return pixels[0];
  }

  /** Takes a piece of one row: flat index in the patch, number in the window, pixels. */
  @FunctionalInterface
  interface PieceConsumer {
    void piece(int start, int at, int length);
  }

  /** The runs of a mask of the patch in this window, row by row. */
  void forEachRun(Mask mask, PieceConsumer consumer) {
    for (int y = 0; y < height; y++) {
      int row = origin + y * stride;
      int shift = y * width - row;
      mask.forEachRun(
          row, row + width, (start, length) -> consumer.piece(start, start + shift, length));
    }
  }
}
