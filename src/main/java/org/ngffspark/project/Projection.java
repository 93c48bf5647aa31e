// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.project;

import org.ngffspark.zarr.nd.DataType;

/**
 * What becomes of the pixels along an axis. The type stays, as in the projection of Fractal: sums
 * saturate, means are cut to the integer towards 0, standard deviations (of the population) are
 * rounded half to even.
 */
public enum Projection {
  MAX("MAXIMUM") {
    @Override
    double plus(double sum, double value) {
      return Math.max(sum, value);
    }
  },
  MIN("MINIMUM") {
    @Override
    double plus(double sum, double value) {
      return Math.min(sum, value);
    }
  },
  MEAN("MEAN") {
    @Override
    double result(double sum, double squares, long count, DataType type) {
      double mean = sum / count;
      return type.isInteger() ? Math.copySign(Math.floor(Math.abs(mean)), mean) : mean;
    }
  },
  SUM("SUM"),
  STD("STANDARD DEVIATION") {
    @Override
    double result(double sum, double squares, long count, DataType type) {
      return Math.sqrt(squares / count);
    }
  };

  private final String word;

  Projection(String word) {
    this.word = word;
  }

  /** The name of a projected image, as Fractal's projection gives it. */
  String title() {
    return word + " INTENSITY PROJECTION";
  }

  /** What the values until now and one more make. */
  double plus(double sum, double value) {
    return sum + value;
  }

  /**
   * The projected value.
   *
   * @param sum from {@link #plus}
   * @param squares sum of the squared distances from the mean
   */
  double result(double sum, double squares, long count, DataType type) {
    return sum;
  }
}
