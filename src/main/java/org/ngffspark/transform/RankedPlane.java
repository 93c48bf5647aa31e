// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.Arrays;
import org.ngffspark.image.Mask;
import org.ngffspark.image.Patch;

/**
 * The object's pixels in one window of a plane, each with its place in the order of all of them.
 */
final class RankedPlane {
  private final Window window;
  private final int[] places;
  private final double[] values;

  private RankedPlane(Window window, int[] places, double[] values) {
    this.window = window;
    this.places = places;
    this.values = values;
  }

  static RankedPlane of(Patch patch, Mask mask, Window window) {
    double[] pixels = new double[window.size()];
    int[] places = new int[window.size()];
    Arrays.fill(places, -1);
    double[] values = new double[(int) window.count(mask)];
    int[] count = {0};
    window.forEachRun(
        mask,
        (start, at, length) -> {
          patch.read(start, length, pixels, at);
          Arrays.fill(places, at, at + length, 0);
          System.arraycopy(pixels, at, values, count[0], length);
          count[0] += length;
        });
    Arrays.sort(values);
    int[] taken = new int[values.length];
    for (int i = 0; i < places.length; i++) {
      if (places[i] == 0) {
        int first = firstOf(values, pixels[i]);
        places[i] = first + taken[first]++;
      }
    }
    return new RankedPlane(window, places, values);
  }

  Window window() {
    return window;
  }

  /** Per pixel of the window its index in {@link #values}, or -1 outside the object; not a copy. */
  int[] places() {
    return places;
  }

  /** The object's values, ascending, NaN last; not a copy. */
  double[] values() {
    return values;
  }

  private static int firstOf(double[] values, double value) {
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Double.compare(values[middle], value) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
