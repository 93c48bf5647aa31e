// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.Arrays;

/**
 * The inertia tensor of an object's pixels in world units: trace(C) I - C, with C the covariance of
 * the centres of its pixels, each taken as a point.
 */
final class Inertia {
  private static final int SPACE = 3;
  private static final int MOST_SWEEPS = 60;

  private final int dimensions;
  private final double[][] tensor;
  private final double[] eigenvalues;

  private Inertia(double[][] tensor) {
    this.dimensions = tensor.length;
    this.tensor = tensor;
    this.eigenvalues = dimensions == SPACE ? bySweeps(tensor) : ofPlane(tensor);
  }

  static Inertia of(Moments moments, Spacing spacing) {
    int dimensions = spacing.dimensions();
    int skipped = SPACE - dimensions;
    double[][] tensor = new double[dimensions][dimensions];
    double trace = 0;
    for (int i = 0; i < dimensions; i++) {
      for (int j = 0; j < dimensions; j++) {
        double covariance = moments.covariance(i + skipped, j + skipped);
        tensor[i][j] = -covariance * spacing.along(i) * spacing.along(j);
      }
      trace -= tensor[i][i];
    }
    for (int i = 0; i < dimensions; i++) {
      tensor[i][i] += trace;
    }
    return new Inertia(tensor);
  }

  /** Not negative, in descending order. */
  double eigenvalue(int index) {
    return eigenvalues[index];
  }

  double tensor(int row, int column) {
    return tensor[row][column];
  }

  /** Length of the longest axis of the ellipse or ellipsoid with the same inertia. */
  double majorAxis() {
    return dimensions == SPACE
        ? axis(eigenvalues[0] + eigenvalues[1] - eigenvalues[2])
        : 4 * Math.sqrt(eigenvalues[0]);
  }

  /** Length of the shortest axis of the ellipse or ellipsoid with the same inertia. */
  double minorAxis() {
    return dimensions == SPACE
        ? axis(-eigenvalues[0] + eigenvalues[1] + eigenvalues[2])
        : 4 * Math.sqrt(eigenvalues[1]);
  }

  /** Of a solid ellipsoid; rounding may leave a little less than 0. */
  private static double axis(double fifthOfSquare) {
    return Math.sqrt(Math.max(0, 10 * fifthOfSquare));
  }

  /** Of the ellipse, in 2D: 0 for a circle, 1 for a line. */
  double eccentricity() {
    return eigenvalues[0] == 0 ? 0 : Math.sqrt(1 - eigenvalues[1] / eigenvalues[0]);
  }

  /** The angle between the axis y and the major axis in 2D, -pi/2 to pi/2, counter-clockwise. */
  double orientation() {
    double a = tensor[0][0];
    double b = tensor[0][1];
    double c = tensor[1][1];
    if (a == c) {
      return b < 0 ? Math.PI / 4 : -Math.PI / 4;
    }
    return Math.atan2(-2 * b, c - a) / 2;
  }

  private static double[] ofPlane(double[][] tensor) {
    double middle = (tensor[0][0] + tensor[1][1]) / 2;
    double radius = Math.hypot((tensor[0][0] - tensor[1][1]) / 2, tensor[0][1]);
    return new double[] {middle + radius, Math.max(0, middle - radius)};
  }

  /**
   * Jacobi's method: turns away the element off the diagonal that is largest, until none is left.
   */
  private static double[] bySweeps(double[][] symmetric) {
    double[][] a = Arrays.stream(symmetric).map(double[]::clone).toArray(double[][]::new);
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      int p = 0;
      int q = 1;
      if (Math.abs(a[0][2]) > Math.abs(a[p][q])) {
        q = 2;
      }
      if (Math.abs(a[1][2]) > Math.abs(a[p][q])) {
        p = 1;
        q = 2;
      }
      if (a[p][q] == 0) {
        break;
      }
      rotate(a, p, q);
    }
    double[] values = {a[0][0], a[1][1], a[2][2]};
    Arrays.sort(values);
    return new double[] {Math.max(0, values[2]), Math.max(0, values[1]), Math.max(0, values[0])};
  }

  private static void rotate(double[][] a, int p, int q) {
    int r = SPACE - p - q;
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double tangent = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
    double cosine = 1 / Math.hypot(tangent, 1);
    double sine = tangent * cosine;
    a[p][p] -= tangent * a[p][q];
    a[q][q] += tangent * a[p][q];
    double first = cosine * a[p][r] - sine * a[q][r];
    double second = sine * a[p][r] + cosine * a[q][r];
    a[p][q] = 0;
    a[q][p] = 0;
    a[p][r] = first;
    a[r][p] = first;
    a[q][r] = second;
    a[r][q] = second;
  }
}
