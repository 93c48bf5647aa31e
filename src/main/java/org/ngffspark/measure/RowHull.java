// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.Arrays;

/**
 * The convex hull of points of a plane with whole coordinates, no more than two of which matter in
 * each row: the first and the last. Exact for coordinates below 2^30.
 */
final class RowHull {
  private static final long ABSENT = Long.MAX_VALUE;

  private final long[] first;
  private final long[] last;

  /**
   * @param rows number of rows
   */
  RowHull(int rows) {
    this.first = new long[rows];
    this.last = new long[rows];
    Arrays.fill(first, ABSENT);
    Arrays.fill(last, -ABSENT);
  }

  void add(int row, long x) {
    first[row] = Math.min(first[row], x);
    last[row] = Math.max(last[row], x);
  }

  /** One side of the hull: its corners from the first row to the last. */
  static final class Side {
    private final int[] rows;
    private final long[] x;
    private final int corners;
    private int corner;

    private Side(int[] rows, long[] x, int corners) {
      this.rows = rows;
      this.x = x;
      this.corners = corners;
    }

    int corners() {
      return corners;
    }

    int row(int index) {
      return rows[index];
    }

    long x(int index) {
      return x[index];
    }

    /**
     * The smallest {@code k} with {@code 2 k} at or after the side in a row.
     *
     * @param row of an edge of the hull, not before that of the last call
     */
    long firstHalf(int row) {
      while (corner + 2 < corners && rows[corner + 1] < row) {
        corner++;
      }
      long height = (long) rows[corner + 1] - rows[corner];
      long rise = (x[corner + 1] - x[corner]) * (row - rows[corner]);
      return ceilDiv(x[corner] * height + rise, 2 * height);
    }

    private static long ceilDiv(long value, long divisor) {
      return -Math.floorDiv(-value, divisor);
    }
  }

  /** The corners with the smallest x. */
  Side left() {
    return side(first, 1);
  }

  /** The corners with the largest x, their x negated. */
  Side right() {
    return side(last, -1);
  }

  private static Side side(long[] points, int sign) {
    int[] rows = new int[points.length];
    long[] x = new long[points.length];
    int size = 0;
    for (int row = 0; row < points.length; row++) {
      if (Math.abs(points[row]) != ABSENT) {
        long next = sign * points[row];
        while (size > 1 && isInside(rows, x, size, row, next)) {
          size--;
        }
        rows[size] = row;
        x[size++] = next;
      }
    }
    return new Side(rows, x, size);
  }

  /** Whether the last corner is on or behind the line from the one before it to a new point. */
  private static boolean isInside(int[] rows, long[] x, int size, int row, long next) {
    long lastRow = (long) rows[size - 1] - rows[size - 2];
    long lastX = x[size - 1] - x[size - 2];
    return lastX * (row - rows[size - 2]) >= (next - x[size - 2]) * lastRow;
  }
}
