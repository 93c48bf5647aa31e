// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.stream.IntStream;

/**
 * A k-d tree of points in space: each range of the order is split by the point in its middle, along
 * z, y and x in turn.
 */
final class PointTree {
  private final double[][] points;
  private final int[] order;

  private PointTree(double[][] points) {
    this.points = points;
    this.order = IntStream.range(0, points.length).toArray();
    split(0, order.length, 0);
  }

  static PointTree of(double[][] points) {
    return new PointTree(points);
  }

  private void split(int from, int to, int depth) {
    if (to - from > 1) {
      int middle = (from + to) >>> 1;
      select(from, to - 1, middle, depth % ObjectMask.AXES);
      split(from, middle, depth + 1);
      split(middle + 1, to, depth + 1);
    }
  }

  /** Brings the point of that rank along an axis to its place, smaller ones before it. */
  private void select(int from, int to, int rank, int axis) {
    int low = from;
    int high = to;
    while (low < high) {
      double pivot = points[order[(low + high) >>> 1]][axis];
      int left = low;
      int right = high;
      while (left <= right) {
        while (points[order[left]][axis] < pivot) {
          left++;
        }
        while (points[order[right]][axis] > pivot) {
          right--;
        }
        if (left <= right) {
          int swapped = order[left];
          order[left++] = order[right];
          order[right--] = swapped;
        }
      }
      if (rank <= right) {
        high = right;
      } else if (rank >= left) {
        low = left;
      } else {
        return;
      }
    }
  }

  double squaredDistance(int a, int b) {
    double sum = 0;
    for (int axis = 0; axis < ObjectMask.AXES; axis++) {
      double step = points[a][axis] - points[b][axis];
      sum += step * step;
    }
    return sum;
  }

  /**
   * The nearest other point, of equally near ones that with the lowest index; -1 if it is alone.
   */
  int nearestOf(int point) {
    Search search = new Search(point);
    search.nearest(0, order.length, 0);
    return search.best;
  }

  /** Number of other points not farther away than that. */
  int countWithin(int point, double distance) {
    Search search = new Search(point);
    search.limit = distance * distance;
    search.count(0, order.length, 0);
    return search.count;
  }

  /** One walk through the tree. */
  private final class Search {
    private final int point;
    private int best = -1;
    private double limit = Double.POSITIVE_INFINITY;
    private int count;

    Search(int point) {
      this.point = point;
    }

    void nearest(int from, int to, int depth) {
      if (from >= to) {
        return;
      }
      int middle = (from + to) >>> 1;
      int candidate = order[middle];
      double distance = squaredDistance(point, candidate);
      if (candidate != point
          && (distance < limit || distance == limit && (best < 0 || candidate < best))) {
        limit = distance;
        best = candidate;
      }
      double side = side(candidate, depth);
      boolean left = side < 0;
      nearest(left ? from : middle + 1, left ? middle : to, depth + 1);
      if (side * side <= limit) {
        nearest(left ? middle + 1 : from, left ? to : middle, depth + 1);
      }
    }

    void count(int from, int to, int depth) {
      if (from >= to) {
        return;
      }
      int middle = (from + to) >>> 1;
      int candidate = order[middle];
      if (candidate != point && squaredDistance(point, candidate) <= limit) {
        count++;
      }
      double side = side(candidate, depth);
      if (side <= 0 || side * side <= limit) {
        count(from, middle, depth + 1);
      }
      if (side >= 0 || side * side <= limit) {
        count(middle + 1, to, depth + 1);
      }
    }

    /** How far the point lies behind the plane that a point splits its range with. */
    private double side(int candidate, int depth) {
      int axis = depth % ObjectMask.AXES;
      return points[point][axis] - points[candidate][axis];
    }
  }
}
