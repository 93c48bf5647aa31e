// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Numbers of an image above its smallest one, in cells between edges: how many lie in each cell,
 * their sum, the smallest and the largest. Those of tiles add up to those of the image, the same
 * for any tiling: numbers are summed as multiples of the range / 2^62, exactly.
 *
 * <p>A cell holds the numbers above the edge before it, up to and including the edge behind it.
 */
final class FloatCells implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BITS = 61;

  private final double low;
  // Numbers times 2^scale fit 62 bits.
  private final int scale;
  private final double[] edges;
  private final long[] counts;
  // Of each cell the sum of its numbers, of 128 bits.
  private final long[] high;
  private final long[] rest;
  private final double[] smallest;
  private final double[] largest;

  private FloatCells(double low, int scale, double[] edges) {
    int cells = edges.length + 1;
    this.low = low;
    this.scale = scale;
    this.edges = edges;
    this.counts = new long[cells];
    this.high = new long[cells];
    this.rest = new long[cells];
    this.smallest = new double[cells];
    this.largest = new double[cells];
    Arrays.fill(smallest, Double.POSITIVE_INFINITY);
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
  }

  /**
   * Nothing counted yet.
   *
   * @param low smallest value of the image
   * @param top largest value of the image
   * @param edges between cells, less {@code low}, ascending
   * @throws IllegalArgumentException if the range of values is no number
   */
  static FloatCells between(double low, double top, double[] edges) {
    if (!Double.isFinite(top - low)) {
      throw new IllegalArgumentException(
          "Values from %s to %s lie too far apart for a mean".formatted(low, top));
    }
    return new FloatCells(low, BITS - Math.getExponent(top - low), edges.clone());
  }

  /** Nothing counted yet between other edges. */
  FloatCells between(double[] newEdges) {
    return new FloatCells(low, scale, newEdges.clone());
  }

  /** Counts the values of a core; NaN and infinite values are left out. */
  FloatCells plus(Block block) {
    FloatCells sum = new FloatCells(low, scale, edges).plus(this);
    block.forEachOfCore(
        value -> {
          if (Double.isFinite(value)) {
            sum.add(value - low);
          }
        });
    return sum;
  }

  private void add(double number) {
    int cell = cellOf(number);
    counts[cell]++;
    add(cell, 0, (long) Math.scalb(number, scale));
    smallest[cell] = Math.min(smallest[cell], number);
    largest[cell] = Math.max(largest[cell], number);
  }

  private void add(int cell, long more, long bits) {
    rest[cell] += bits;
    high[cell] += more + (Long.compareUnsigned(rest[cell], bits) < 0 ? 1 : 0);
  }

  /** What both have counted between the same edges. */
  FloatCells plus(FloatCells other) {
    FloatCells sum = new FloatCells(low, scale, edges);
    for (int cell = 0; cell < counts.length; cell++) {
      sum.counts[cell] = counts[cell] + other.counts[cell];
      sum.add(cell, high[cell], rest[cell]);
      sum.add(cell, other.high[cell], other.rest[cell]);
      sum.smallest[cell] = Math.min(smallest[cell], other.smallest[cell]);
      sum.largest[cell] = Math.max(largest[cell], other.largest[cell]);
    }
    return sum;
  }

  int cells() {
    return counts.length;
  }

  boolean isEmpty(int cell) {
    return counts[cell] == 0;
  }

  /** The smallest number of a cell that is not empty. */
  double smallest(int cell) {
    return smallest[cell];
  }

  /** The largest number of a cell that is not empty. */
  double largest(int cell) {
    return largest[cell];
  }

  double[] edges() {
    return edges.clone();
  }

  /** The cell that a number lies in. */
  int cellOf(double number) {
    int found = Arrays.binarySearch(edges, number);
    return found < 0 ? -found - 1 : found;
  }

  /** The smallest value of the image. */
  double low() {
    return low;
  }

  /** Means of the numbers before each cell, and of all at the end; NaN of none. */
  double[] meansBefore() {
    return means(0, 1);
  }

  /** Means of the numbers from each cell on; NaN of none. */
  double[] meansFrom() {
    return means(cells() - 1, -1);
  }

  private double[] means(int start, int step) {
    double[] means = new double[cells() + 1];
    FloatCells sum = new FloatCells(low, scale, new double[0]);
    for (int i = 0; i <= cells(); i++) {
      means[step > 0 ? i : cells() - i] = sum.mean(0);
      if (i < cells()) {
        int cell = start + i * step;
        sum.counts[0] += counts[cell];
        sum.add(0, high[cell], rest[cell]);
      }
    }
    return means;
  }

  /** The mean of a cell's numbers; NaN of none. */
  double mean(int cell) {
    double upper = Math.scalb((double) high[cell], Long.SIZE);
    double lower = (rest[cell] >>> 1) * 2.0 + (rest[cell] & 1);
    return Math.scalb(upper + lower, -scale) / counts[cell];
  }
}
