// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

/**
 * A Gaussian along one axis, cut at 4 σ and summed in the order in which scipy's {@code
 * gaussian_filter} does it; outside the plane all is 0 ({@code mode="constant"}).
 */
final class GaussianKernel {
  private static final double TRUNCATE = 4;

  /** From the centre outwards. */
  private final double[] weights;

  private GaussianKernel(double[] weights) {
    this.weights = weights;
  }

  static GaussianKernel of(double sigma) {
    int radius = (int) (TRUNCATE * sigma + 0.5);
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
    return new GaussianKernel(weights);
  }

  /** Blurs a plane, rows one after the other, in place: along y, then along x. */
  void blur(double[] plane, int height, int width) {
    double[] source = plane.clone();
    double[] row = new double[width];
    for (int y = 0; y < height; y++) {
      blurAcross(source, y, height, row);
      blurAlong(row, plane, y * width);
    }
  }

  private void blurAcross(double[] source, int y, int height, double[] row) {
    int width = row.length;
    for (int x = 0; x < width; x++) {
      row[x] = source[y * width + x] * weights[0];
    }
    for (int j = Math.min(weights.length, height) - 1; j > 0; j--) {
      boolean above = y - j >= 0;
      boolean below = y + j < height;
      if (above && below) {
        addBoth(source, (y - j) * width, (y + j) * width, weights[j], row);
      } else if (above || below) {
        addOne(source, (above ? y - j : y + j) * width, weights[j], row);
      }
    }
  }

  private static void addBoth(double[] source, int one, int other, double weight, double[] row) {
    for (int x = 0; x < row.length; x++) {
      row[x] += (source[one + x] + source[other + x]) * weight;
    }
  }

  private static void addOne(double[] source, int one, double weight, double[] row) {
    for (int x = 0; x < row.length; x++) {
      row[x] += source[one + x] * weight;
    }
  }

  private void blurAlong(double[] row, double[] target, int at) {
    int width = row.length;
    int reach = Math.min(weights.length, width) - 1;
    double[] padded = new double[width + 2 * reach];
    System.arraycopy(row, 0, padded, reach, width);
    for (int x = 0; x < width; x++) {
      target[at + x] = row[x] * weights[0];
    }
    for (int j = reach; j > 0; j--) {
      double weight = weights[j];
      for (int x = 0; x < width; x++) {
        target[at + x] += (padded[x + reach - j] + padded[x + reach + j]) * weight;
      }
    }
  }
}
