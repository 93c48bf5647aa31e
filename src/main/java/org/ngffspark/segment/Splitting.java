// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;

/**
 * Splits components by the watershed of the distance to their border, from the peaks of that
 * distance. The parts of a component follow from its pixels alone, but for one thing: where several
 * peaks are equally high, which of them gets the pixels midway depends in {@code
 * skimage.segmentation.watershed} on all markers of the image.
 */
final class Splitting {
  private Splitting() {}

  /**
   * @param inside pixels of components
   * @param components number of the component of each pixel, 0 outside
   * @param spacing lengths of a pixel along z, y and x
   * @param distance pixels between two peaks, at least 1
   * @return number of the part of each pixel; 0 outside
   */
  static int[] of(
      boolean[] inside, int[] components, Volume volume, double[] spacing, int distance) {
    double[] distances = DistanceTransform.of(inside, volume, steps(volume, spacing));
    boolean[] peaks = Peaks.of(distances, components, volume, distance);
    int[] markers = Components.of(peaks, volume, Connectivity.FACES).labels();
    Arrays.setAll(distances, pixel -> -distances[pixel]);
    return Watershed.of(distances, markers, inside, volume);
  }

  /** Pixels of one length are counted, so that equal distances are exactly equal. */
  private static double[] steps(Volume volume, double[] spacing) {
    boolean cubes =
        spacing[1] == spacing[2] && (volume.dimensions() == 2 || spacing[0] == spacing[1]);
    return cubes ? new double[] {1, 1, 1} : spacing;
  }
}
