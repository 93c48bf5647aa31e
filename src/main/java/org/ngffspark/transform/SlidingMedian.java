// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

/**
 * The median of the object's pixels in a square that slides along a row. The square's pixels are
 * counted by rank in a binary indexed tree (Fenwick 1994), so that a step costs the side of the
 * square, not its area.
 */
final class SlidingMedian {
  private final RankedPlane plane;
  private final int reach;
  private final int width;
  private final int[] tree;
  private final int top;
  private int total;

  /**
   * @param reach half the side of the square, rounded down
   */
  SlidingMedian(RankedPlane plane, int reach) {
    this.plane = plane;
    this.reach = reach;
    this.width = plane.window().width();
    this.tree = new int[plane.values().length + 1];
    this.top = Integer.highestOneBit(tree.length);
  }

  /**
   * Replaces {@code row[0]} to {@code row[length - 1]} by the medians around the pixels of row
   * {@code y} from column {@code x} on; where the square holds no pixel of the object they stay.
   */
  void replace(int y, int x, int length, double[] row) {
    for (int column = x - reach; column < x + reach; column++) {
      count(y, column, 1);
    }
    for (int i = 0; i < length; i++) {
      count(y, x + i + reach, 1);
      if (total > 0) {
        row[i] = median();
      }
      count(y, x + i - reach, -1);
    }
    for (int column = x + length - reach; column < x + length + reach; column++) {
      count(y, column, -1);
    }
  }

  private void count(int y, int column, int change) {
    if (column < 0 || column >= width) {
      return;
    }
    int last = Math.min(plane.window().height() - 1, y + reach);
    for (int row = Math.max(0, y - reach); row <= last; row++) {
      int rank = plane.ranks()[row * width + column];
      if (rank >= 0) {
        total += change;
        for (int node = rank + 1; node < tree.length; node += node & -node) {
          tree[node] += change;
        }
      }
    }
  }

  private double median() {
    double upper = value(total / 2);
    if (Double.isNaN(value(total - 1))) {
      return Double.NaN;
    }
    return total % 2 == 1 ? upper : (value(total / 2 - 1) + upper) / 2;
  }

  /** The value that {@code smaller} of the counted pixels precede in ascending order. */
  private double value(int smaller) {
    int node = 0;
    int rest = smaller;
    for (int step = top; step > 0; step >>= 1) {
      int next = node + step;
      if (next < tree.length && tree[next] <= rest) {
        node = next;
        rest -= tree[next];
      }
    }
    return plane.values()[node];
  }
}
