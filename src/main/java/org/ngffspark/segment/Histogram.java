// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;

/**
 * How often values occur, as {@code skimage.exposure.histogram} counts them: one bin for each
 * integer from the smallest to the largest, or 256 bins of equal width between them for other
 * numbers.
 */
final class Histogram {
  static final int BINS = 256;

  private final long[] counts;
  private final double first;
  private final double[] centers;

  private Histogram(long[] counts, double first, double[] centers) {
    this.counts = counts;
    this.first = first;
    this.centers = centers;
  }

  /**
   * Of integers that were counted one by one.
   *
   * @param counts of the integers from {@code smallest} on; those at both ends may be 0
   * @throws IllegalArgumentException if nothing was counted
   */
  static Histogram ofIntegers(long smallest, long[] counts) {
    int from = 0;
    while (from < counts.length && counts[from] == 0) {
      from++;
    }
    if (from == counts.length) {
      throw new IllegalArgumentException("There is no value to find a threshold for");
    }
    int to = counts.length;
    while (counts[to - 1] == 0) {
      to--;
    }
    double[] centers = new double[to - from];
    for (int bin = 0; bin < centers.length; bin++) {
      centers[bin] = smallest + from + (double) bin;
    }
    return new Histogram(Arrays.copyOfRange(counts, from, to), smallest + (double) from, centers);
  }

  /**
   * Of numbers with a fraction.
   *
   * @param values at least one, finite
   */
  static Histogram ofNumbers(double[] values) {
    double low = Arrays.stream(values).min().orElseThrow();
    double high = Arrays.stream(values).max().orElseThrow();
    Bins bins = new Bins(low, high);
    long[] counts = new long[BINS];
    for (double value : values) {
      counts[bins.of(value)]++;
    }
    return ofBins(low, high, counts);
  }

  /**
   * Of numbers that were counted in {@link Bins}.
   *
   * @param low smallest value
   * @param high largest value
   */
  static Histogram ofBins(double low, double high, long[] counts) {
    return new Histogram(counts.clone(), low, new Bins(low, high).centers());
  }

  /** Bins of equal width, with the rounding of {@code numpy.histogram}. */
  static final class Bins {
    private final double low;
    private final double width;
    private final double[] edges = new double[BINS + 1];

    Bins(double smallest, double largest) {
      boolean constant = smallest == largest;
      this.low = constant ? smallest - 0.5 : smallest;
      double high = constant ? largest + 0.5 : largest;
      this.width = high - low;
      double step = width / BINS;
      for (int i = 0; i < BINS; i++) {
        edges[i] = i * step + low;
      }
      edges[BINS] = high;
    }

    int of(double value) {
      int bin = (int) ((value - low) / width * BINS);
      if (bin == BINS) {
        bin--;
      }
      if (value < edges[bin]) {
        return bin - 1;
      }
      return value >= edges[bin + 1] && bin != BINS - 1 ? bin + 1 : bin;
    }

    double[] centers() {
      double[] centers = new double[BINS];
      Arrays.setAll(centers, i -> (edges[i] + edges[i + 1]) / 2.0);
      return centers;
    }
  }

  int bins() {
    return counts.length;
  }

  long count(int bin) {
    return counts[bin];
  }

  /** The count as scikit-image computes with it. */
  float weight(int bin) {
    return counts[bin];
  }

  double center(int bin) {
    return centers[bin];
  }

  /** The mean of all values, exact if they were counted one by one. */
  double mean() {
    double sum = 0;
    long count = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      sum += counts[bin] * centers[bin];
      count += counts[bin];
    }
    return sum / count;
  }

  /** The smallest value. */
  double smallest() {
    return first;
  }

  /** Whether there is one value only. */
  boolean isConstant() {
    return Arrays.stream(counts).filter(count -> count > 0).limit(2).count() == 1;
  }
}
