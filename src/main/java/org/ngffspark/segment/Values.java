// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;

/** The values that a threshold is found for, finite. */
final class Values {
  // A histogram of 128 MiB.
  private static final long MOST_BINS = 1L << 24;

  private final double[] values;
  private final boolean integers;

  private Values(double[] values, boolean integers) {
    this.values = values;
    this.integers = integers;
  }

  /** Whole numbers. */
  static Values ofIntegers(double[] values) {
    return new Values(values, true);
  }

  /** Numbers with a fraction. */
  static Values ofNumbers(double[] values) {
    return new Values(values, false);
  }

  boolean areIntegers() {
    return integers;
  }

  double[] all() {
    return values;
  }

  double mean() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /**
   * @throws IllegalArgumentException if integers lie too far apart for a bin each
   */
  Histogram histogram() {
    if (!integers) {
      return Histogram.ofNumbers(values);
    }
    double low = Arrays.stream(values).min().orElseThrow();
    double high = Arrays.stream(values).max().orElseThrow();
    if (high - low >= MOST_BINS) {
      throw new IllegalArgumentException(
          "A histogram of integers takes up to %d values, these go from %.0f to %.0f"
              .formatted(MOST_BINS, low, high));
    }
    long[] counts = new long[(int) (high - low) + 1];
    for (double value : values) {
      counts[(int) (value - low)]++;
    }
    return Histogram.ofIntegers((long) low, counts);
  }
}
