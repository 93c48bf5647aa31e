// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.Arrays;
import org.ngffspark.image.Mask;
import org.ngffspark.image.Patch;

/**
 * The object's pixels in one window of a plane, each as the rank of its value.
 *
 * @param window place and size
 * @param ranks per pixel of the window: index into {@code values}, or -1 outside the object
 * @param values the different values, ascending, NaN last
 */
record RankedPlane(Window window, int[] ranks, double[] values) {

  static RankedPlane of(Patch patch, Mask mask, Window window) {
    double[] pixels = new double[window.size()];
    int[] ranks = new int[window.size()];
    Arrays.fill(ranks, -1);
    int[] count = {0};
    double[] sorted = new double[window.size()];
    window.forEachRun(
        mask,
        (start, at, length) -> {
          patch.read(start, length, pixels, at);
          Arrays.fill(ranks, at, at + length, 0);
          System.arraycopy(pixels, at, sorted, count[0], length);
          count[0] += length;
        });
    double[] values = distinct(sorted, count[0]);
    for (int i = 0; i < ranks.length; i++) {
      if (ranks[i] == 0) {
        ranks[i] = Arrays.binarySearch(values, pixels[i]);
      }
    }
    return new RankedPlane(window, ranks, values);
  }

  private static double[] distinct(double[] values, int count) {
    Arrays.sort(values, 0, count);
    int end = 0;
    for (int i = 0; i < count; i++) {
      if (end == 0 || Double.compare(values[end - 1], values[i]) != 0) {
        values[end++] = values[i];
      }
    }
    return Arrays.copyOf(values, end);
  }
}
