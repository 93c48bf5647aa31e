// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import org.ngffspark.image.Patch;

/** Makes planes smaller: each pixel of the result is the mean of a square of pixels. */
final class BlockMeans {
  private BlockMeans() {}

  /**
   * A plane of a patch, row by row; squares at its lower and right border may be cut off.
   *
   * @param first flat index of the plane's first pixel
   * @param height of the plane in pixels
   * @param width of the plane in pixels
   * @param step pixels along each side of a square
   */
  static double[] of(Patch patch, int first, int height, int width, int step) {
    int columns = (width + step - 1) / step;
    double[] means = new double[(height + step - 1) / step * columns];
    double[] row = new double[width];
    for (int y = 0, start = 0; y < height; start += columns) {
      int end = Math.min(height, y + step);
      int rows = end - y;
      for (; y < end; y++) {
        patch.read(first + y * width, width, row, 0);
        addRow(row, step, means, start);
      }
      for (int x = 0, at = start; x < width; x += step, at++) {
        means[at] /= rows * Math.min(step, width - x);
      }
    }
    return means;
  }

  private static void addRow(double[] row, int step, double[] sums, int start) {
    for (int x = 0, at = start; x < row.length; at++) {
      int end = Math.min(row.length, x + step);
      for (; x < end; x++) {
        sums[at] += row[x];
      }
    }
  }
}
