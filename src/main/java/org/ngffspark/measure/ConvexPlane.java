// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.Arrays;

/**
 * The convex image of a mask of one plane, as scikit-image makes it: the pixels whose centre lies
 * in or on the convex hull of the midpoints of the edges of all pixels. In doubled coordinates all
 * of these are whole numbers.
 */
final class ConvexPlane {
  // Of each row the first pixel and the last.
  private final int[] first;
  private final int[] last;

  private ConvexPlane(int[] first, int[] last) {
    this.first = first;
    this.last = last;
  }

  static ConvexPlane of(ObjectMask mask) {
    int height = mask.height();
    // Doubled rows -1 to 2 height - 1.
    RowHull hull = new RowHull(2 * height + 1);
    mask.forEachRun(
        (z, y, x, length) -> {
          long from = 2L * x;
          long to = 2L * (x + length - 1L);
          int row = 2 * y + 1;
          addEnds(hull, row - 1, from, to);
          addEnds(hull, row, from - 1, to + 1);
          addEnds(hull, row + 1, from, to);
        });
    int[] first = new int[height];
    int[] last = new int[height];
    RowHull.Side left = hull.left();
    RowHull.Side right = hull.right();
    for (int y = 0; y < height; y++) {
      first[y] = (int) left.firstHalf(2 * y + 1);
      last[y] = (int) -right.firstHalf(2 * y + 1);
    }
    return new ConvexPlane(first, last);
  }

  private static void addEnds(RowHull hull, int row, long from, long to) {
    hull.add(row, from);
    hull.add(row, to);
  }

  /** Number of pixels. */
  long pixels() {
    long pixels = 0;
    for (int y = 0; y < first.length; y++) {
      pixels += last[y] - first[y] + 1L;
    }
    return pixels;
  }

  /**
   * The largest distance between two points of the contour at level 0.5, which are the midpoints
   * between pixels inside and their neighbours outside.
   *
   * @param pixelY length of a pixel along y
   * @param pixelX length of a pixel along x
   */
  double feretDiameter(double pixelY, double pixelX) {
    RowHull hull = contour();
    double[][] points = concat(points(hull.left(), 1), points(hull.right(), -1));
    double largest = 0;
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < i; j++) {
        double y = (points[i][0] - points[j][0]) / 2 * pixelY;
        double x = (points[i][1] - points[j][1]) / 2 * pixelX;
        largest = Math.max(largest, y * y + x * x);
      }
    }
    return Math.sqrt(largest);
  }

  private RowHull contour() {
    int height = first.length;
    RowHull hull = new RowHull(2 * height + 1);
    for (int y = 0; y < height; y++) {
      addEnds(hull, 2 * y + 1, 2L * first[y] - 1, 2L * last[y] + 1);
      if (y > 0) {
        addSteps(hull, 2 * y, y - 1, y);
      }
    }
    addEnds(hull, 0, 2L * first[0], 2L * last[0]);
    addEnds(hull, 2 * height, 2L * first[height - 1], 2L * last[height - 1]);
    return hull;
  }

  /** Midpoints between two rows: of those pixels that only one of the two rows has. */
  private void addSteps(RowHull hull, int row, int above, int below) {
    addDifference(hull, row, above, below);
    addDifference(hull, row, below, above);
  }

  private void addDifference(RowHull hull, int row, int has, int lacks) {
    if (first[has] < first[lacks]) {
      addEnds(hull, row, 2L * first[has], 2L * Math.min(last[has], first[lacks] - 1));
    }
    if (last[has] > last[lacks]) {
      addEnds(hull, row, 2L * Math.max(first[has], last[lacks] + 1), 2L * last[has]);
    }
  }

  private static double[][] points(RowHull.Side side, int sign) {
    double[][] points = new double[side.corners()][];
    Arrays.setAll(points, i -> new double[] {side.row(i), sign * side.x(i)});
    return points;
  }

  private static double[][] concat(double[][] left, double[][] right) {
    double[][] all = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, all, left.length, right.length);
    return all;
  }
}
