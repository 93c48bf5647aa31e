// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

/**
 * Percentiles with linear interpolation, operation by operation as numpy's {@code percentile} does
 * it for float64 ({@code method="linear"}), so that the last bit is the same.
 */
final class Percentile {
  private Percentile() {}

  /**
   * @param values changed in order; the first {@code count} are used
   * @param count at least 1
   * @param percent 0 to 100
   * @return NaN if one of the values is NaN
   */
  static double of(double[] values, int count, double percent) {
    for (int i = 0; i < count; i++) {
      if (Double.isNaN(values[i])) {
        return Double.NaN;
      }
    }
    double index = (count - 1) * (percent / 100);
    int below = (int) Math.floor(index);
    if (below >= count - 1) {
      double last = Quickselect.select(values, count, count - 1);
      return interpolate(last, last, 0);
    }
    double low = Quickselect.select(values, count, below);
    double high = values[below + 1];
    for (int i = below + 2; i < count; i++) {
      high = Math.min(high, values[i]);
    }
    return interpolate(low, high, index - below);
  }

  private static double interpolate(double low, double high, double weight) {
    double difference = high - low;
    return weight >= 0.5 ? high - difference * (1 - weight) : low + difference * weight;
  }
}
