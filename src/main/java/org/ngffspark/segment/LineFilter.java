// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;

/**
 * Weighted means along one axis, symmetric, with the pixels of a line mirrored at its ends as
 * {@code scipy.ndimage} does it with {@code mode="reflect"} (d c b a | a b c d | d c b a), and with
 * scipy's order of additions.
 */
final class LineFilter {
  private static final double TRUNCATE = 4;

  // From the centre outwards.
  private final double[] weights;

  private LineFilter(double[] weights) {
    this.weights = weights;
  }

  /** A Gaussian, cut at 4 sigma. */
  static LineFilter gaussian(double sigma) {
    int radius = gaussianRadius(sigma);
    double[] weights = new double[radius + 1];
    double sum = 0;
    for (int x = -radius; x <= radius; x++) {
      double weight = StrictMath.exp(-0.5 / (sigma * sigma) * ((double) x * x));
      weights[Math.abs(x)] = weight;
      sum += weight;
    }
    for (int x = 0; x <= radius; x++) {
      weights[x] /= sum;
    }
    return new LineFilter(weights);
  }

  /** Pixels to both sides that a Gaussian takes in. */
  static int gaussianRadius(double sigma) {
    return (int) (TRUNCATE * sigma + 0.5);
  }

  /**
   * The mean of neighbouring pixels.
   *
   * @param length number of pixels, odd
   */
  static LineFilter mean(int length) {
    double[] weights = new double[length / 2 + 1];
    Arrays.fill(weights, 1);
    return new LineFilter(weights);
  }

  /** Replaces all values. */
  void apply(double[] values, Volume volume, int axis) {
    int length = volume.length(axis);
    int step = volume.step(axis);
    int reach = weights.length - 1;
    double[] line = new double[length + 2 * reach];
    volume.forEachLine(
        axis,
        first -> {
          for (int i = -reach; i < length + reach; i++) {
            line[i + reach] = values[first + mirrored(i, length) * step];
          }
          for (int i = 0; i < length; i++) {
            values[first + i * step] = weighted(line, i + reach);
          }
        });
  }

  private double weighted(double[] line, int centre) {
    double sum = line[centre] * weights[0];
    for (int j = weights.length - 1; j > 0; j--) {
      sum += (line[centre - j] + line[centre + j]) * weights[j];
    }
    return sum;
  }

  /** The index that stands for one outside of 0 … length - 1. */
  static int mirrored(int index, int length) {
    int period = Math.floorMod(index, 2 * length);
    return period < length ? period : 2 * length - 1 - period;
  }
}
