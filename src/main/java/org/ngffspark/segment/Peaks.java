// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Local maxima inside components, as {@code skimage.feature.peak_local_max(exclude_border=False,
 * labels=components)} finds them: of each component the pixels that are the largest of the square
 * (3D: cube) around them, from the highest down, each so far from those before it that neither lies
 * in the other's square.
 */
final class Peaks {
  private final double[] values;
  private final int[] labels;
  private final Volume volume;
  private final int distance;
  private final boolean[] chosen;

  private Peaks(double[] values, int[] labels, Volume volume, int distance) {
    this.values = values;
    this.labels = labels;
    this.volume = volume;
    this.distance = distance;
    this.chosen = new boolean[values.length];
  }

  /**
   * @param values above 0 inside components
   * @param labels number of the component of each pixel, 0 outside
   * @param distance pixels between two peaks, at least 1
   * @return the peaks
   */
  static boolean[] of(double[] values, int[] labels, Volume volume, int distance) {
    Peaks peaks = new Peaks(values, labels, volume, distance);
    Integer[] candidates =
        IntStream.range(0, values.length)
            .filter(peaks::isLargest)
            .boxed()
            .sorted(Comparator.comparingDouble(pixel -> -values[pixel]))
            .toArray(Integer[]::new);
    for (int pixel : candidates) {
      peaks.chosen[pixel] = !peaks.hasChosenNear(pixel);
    }
    return peaks.chosen;
  }

  private boolean isLargest(int pixel) {
    return labels[pixel] != 0
        && !anyNear(
            pixel,
            distance,
            other -> labels[other] == labels[pixel] && values[other] > values[pixel]);
  }

  private boolean hasChosenNear(int pixel) {
    return anyNear(pixel, distance - 1, other -> chosen[other] && labels[other] == labels[pixel]);
  }

  private boolean anyNear(int pixel, int reach, IntPredicate test) {
    int x = pixel % volume.width();
    int y = pixel / volume.width() % volume.height();
    int z = pixel / volume.width() / volume.height();
    for (int k = Math.max(0, z - reach); k <= Math.min(volume.depth() - 1, z + reach); k++) {
      for (int j = Math.max(0, y - reach); j <= Math.min(volume.height() - 1, y + reach); j++) {
        int row = volume.index(k, j, 0);
        for (int i = Math.max(0, x - reach); i <= Math.min(volume.width() - 1, x + reach); i++) {
          if (test.test(row + i)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
