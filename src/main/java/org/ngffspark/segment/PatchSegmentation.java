// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;
import org.ngffspark.zarr.nd.DataType;

/**
 * Finds objects in a block of pixels: smooths, keeps what lies above the threshold, fills holes,
 * splits, and leaves out what is too small, in this order. All follows from the pixels of the block
 * alone; they are mirrored at its border where more are needed.
 */
final class PatchSegmentation {
  private final Segmentation how;

  PatchSegmentation(Segmentation how) {
    this.how = how;
  }

  /**
   * Objects inside a mask.
   *
   * @param values in C order
   * @param type of the image
   * @param mask pixels that may belong to objects
   * @param spacing lengths of a pixel along z, y and x
   * @return number of the object of each pixel, from 1 in the order of their first pixels; 0 for
   *     none
   * @throws IllegalArgumentException if the method finds no threshold
   */
  int[] objects(double[] values, DataType type, boolean[] mask, Volume volume, double[] spacing) {
    double[] smooth = Smoothing.of(values, volume, type, how.smooth(), spacing);
    boolean[] inside = Foreground.of(how, smooth, type, mask, volume);
    if (how.holes() == Segmentation.Holes.FILL) {
      inside = both(HoleFilling.of(inside, volume), mask);
    }
    int[] labels = Components.of(inside, volume, how.connectivity()).labels();
    if (how.split() == Segmentation.Split.WATERSHED) {
      labels = Splitting.of(inside, labels, volume, spacing, how.peakDistance());
    }
    return numbered(labels);
  }

  private static boolean[] both(boolean[] one, boolean[] other) {
    boolean[] both = new boolean[one.length];
    for (int pixel = 0; pixel < both.length; pixel++) {
      both[pixel] = one[pixel] && other[pixel];
    }
    return both;
  }

  /** Leaves out small objects and numbers the others anew. */
  private int[] numbered(int[] labels) {
    int highest = Arrays.stream(labels).max().orElse(0);
    long[] sizes = new long[highest + 1];
    for (int label : labels) {
      sizes[label]++;
    }
    int[] numbers = new int[highest + 1];
    int count = 0;
    int[] result = new int[labels.length];
    for (int pixel = 0; pixel < labels.length; pixel++) {
      int label = labels[pixel];
      if (label > 0 && sizes[label] >= how.minSize()) {
        numbers[label] = numbers[label] == 0 ? ++count : numbers[label];
        result[pixel] = numbers[label];
      }
    }
    return result;
  }
}
