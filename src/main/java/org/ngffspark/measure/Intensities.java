// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import org.ngffspark.transform.Quickselect;

/**
 * What the values of one channel come to. NaN as soon as one value is NaN.
 *
 * @param mean arithmetic mean
 * @param median the middle value; of an even count the mean of the two in the middle
 * @param max largest value
 * @param min smallest value
 * @param std standard deviation, divided by the count
 */
record Intensities(double mean, double median, double max, double min, double std) {
  private static final Intensities UNDEFINED =
      new Intensities(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  private static final int BLOCK = 1024;

  /**
   * @param values at least one; changed
   */
  static Intensities of(double[] values) {
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    for (double value : values) {
      if (Double.isNaN(value)) {
        return UNDEFINED;
      }
      max = Math.max(max, value);
      min = Math.min(min, value);
    }
    double mean = sum(values, 0, 1) / values.length;
    double std = Math.sqrt(sum(values, mean, 2) / values.length);
    return new Intensities(mean, median(values), max, min, std);
  }

  /** Block by block, so that rounding grows with the number of blocks and not of values. */
  private static double sum(double[] values, double centre, int power) {
    double sum = 0;
    for (int from = 0; from < values.length; from += BLOCK) {
      double part = 0;
      for (int i = from; i < Math.min(values.length, from + BLOCK); i++) {
        double value = values[i] - centre;
        part += power == 1 ? value : value * value;
      }
      sum += part;
    }
    return sum;
  }

  /** Changes the order of the values. */
  private static double median(double[] values) {
    int middle = (values.length - 1) / 2;
    double low = Quickselect.select(values, values.length, middle);
    if (values.length % 2 == 1) {
      return low;
    }
    double high = Double.POSITIVE_INFINITY;
    for (int i = middle + 1; i < values.length; i++) {
      high = Math.min(high, values[i]);
    }
    return (low + high) / 2;
  }
}
