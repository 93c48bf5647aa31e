// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

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
    RowHull.Side left = hull.left();
    RowHull.Side right = hull.right();
    int count = left.corners() + right.corners();
    double[] y = new double[count];
    double[] x = new double[count];
    for (int i = 0; i < count; i++) {
      RowHull.Side side = i < left.corners() ? left : right;
      int corner = side == left ? i : i - left.corners();
      y[i] = side.row(corner) * 0.5 * pixelY;
      x[i] = (side == left ? side.x(corner) : -side.x(corner)) * 0.5 * pixelX;
    }
    return Math.sqrt(largestSquare(y, x));
  }

  private static double largestSquare(double[] y, double[] x) {
    double largest = 0;
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < i; j++) {
        double stepY = y[i] - y[j];
        double stepX = x[i] - x[j];
        largest = Math.max(largest, stepY * stepY + stepX * stepX);
      }
    }
    return largest;
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
}
