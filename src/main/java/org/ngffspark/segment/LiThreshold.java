// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;

/**
 * The threshold of least cross entropy, iterated as {@code skimage.filters.threshold_li} does it:
 * C. H. Li, P. K. S. Tam, "An Iterative Algorithm for Minimum Cross Entropy Thresholding" (1998).
 */
final class LiThreshold {
  private static final int MOST_ROUNDS = 100_000;

  // Distinct values above the smallest one, ascending, with the number and the sum of those up to
  // and including each.
  private final double[] values;
  private final double[] counts;
  private final double[] sums;
  private final double smallest;
  private final double tolerance;

  private LiThreshold(
      double[] values, double[] counts, double[] sums, double smallest, double tolerance) {
    this.values = values;
    this.counts = counts;
    this.sums = sums;
    this.smallest = smallest;
    this.tolerance = tolerance;
  }

  /** Of integers. */
  static double of(Histogram histogram) {
    int bins = histogram.bins();
    double[] values = new double[bins];
    double[] counts = new double[bins];
    double[] sums = new double[bins];
    double count = 0;
    double sum = 0;
    for (int bin = 0; bin < bins; bin++) {
      values[bin] = bin;
      count += histogram.count(bin);
      sum += (double) bin * histogram.count(bin);
      counts[bin] = count;
      sums[bin] = sum;
    }
    return histogram.isConstant()
        ? histogram.smallest()
        : new LiThreshold(values, counts, sums, histogram.smallest(), 0.5).iterate();
  }

  /**
   * Of numbers with a fraction.
   *
   * @param numbers at least one, finite
   */
  static double of(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    double smallest = sorted[0];
    double[] counts = new double[sorted.length];
    double[] sums = new double[sorted.length];
    double tolerance = Double.POSITIVE_INFINITY;
    double sum = 0;
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] -= smallest;
      sum += sorted[i];
      counts[i] = i + 1.0;
      sums[i] = sum;
      if (i > 0 && sorted[i] > sorted[i - 1]) {
        tolerance = Math.min(tolerance, (sorted[i] - sorted[i - 1]) / 2);
      }
    }
    return Double.isInfinite(tolerance)
        ? smallest
        : new LiThreshold(sorted, counts, sums, smallest, tolerance).iterate();
  }

  private double iterate() {
    int last = values.length - 1;
    double next = sums[last] / counts[last];
    double current = -2 * tolerance;
    for (int round = 0; Math.abs(next - current) > tolerance; round++) {
      if (round == MOST_ROUNDS) {
        throw new IllegalArgumentException("The method li finds no threshold for these values");
      }
      current = next;
      int below = lastUpTo(current);
      double back = sums[below] / counts[below];
      double fore = (sums[last] - sums[below]) / (counts[last] - counts[below]);
      if (back == 0) {
        break;
      }
      next = (back - fore) / (Math.log(back) - Math.log(fore));
    }
    return next + smallest;
  }

  /** Index of the last value that is not above a limit; the smallest value, 0, never is. */
  private int lastUpTo(double limit) {
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (values[middle] > limit) {
        high = middle - 1;
      } else {
        low = middle;
      }
    }
    return low;
  }
}
