// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The iteration of {@link LiThreshold} over floats of an image that is never held at once: over
 * cells, with the cells cut finer where a threshold lies between numbers of one cell, until none
 * does. scikit-image ends when a step is not larger than half the least distance of two numbers;
 * that is done here too where each cell holds one number, else the iteration goes on until the same
 * numbers lie above the threshold.
 */
final class LiOfCells {
  /** Cells of the first look: integers of 16 bits that are stored as floats lie in one each. */
  private static final int FIRST = 1 << 16;

  private static final int FINER = 1 << 10;

  private final FloatCells cells;
  private final double[] meansBefore;
  private final double[] meansFrom;
  private final double tolerance;
  private final Set<Integer> needed = new TreeSet<>();
  private final double threshold;

  LiOfCells(FloatCells cells) {
    this.cells = cells;
    this.meansBefore = cells.meansBefore();
    this.meansFrom = cells.meansFrom();
    this.tolerance = tolerance();
    this.threshold = iterate() + cells.low();
  }

  /** Edges of the first look, of values between two. */
  static double[] firstEdges(double low, double high) {
    double range = high - low;
    return IntStream.range(1, FIRST).mapToDouble(i -> range * i / FIRST).distinct().toArray();
  }

  private double tolerance() {
    double least = Double.POSITIVE_INFINITY;
    double before = Double.NEGATIVE_INFINITY;
    for (int cell = 0; cell < cells.cells(); cell++) {
      if (!cells.isEmpty(cell)) {
        if (cells.smallest(cell) < cells.largest(cell)) {
          return 0;
        }
        least = Math.min(least, cells.smallest(cell) - before);
        before = cells.smallest(cell);
      }
    }
    return Double.isInfinite(least) ? 0 : least / 2;
  }

  /** Whether the threshold is found; else these numbers have to be counted between more edges. */
  boolean isFound() {
    return needed.isEmpty();
  }

  double threshold() {
    return threshold;
  }

  /** The edges so far, and more in the cells in which thresholds lie. */
  double[] finerEdges() {
    DoubleStream more =
        needed.stream()
            .flatMapToDouble(
                cell -> {
                  double from = cells.smallest(cell);
                  double range = cells.largest(cell) - from;
                  return IntStream.range(0, FINER).mapToDouble(i -> from + range * i / FINER);
                });
    return DoubleStream.concat(Arrays.stream(cells.edges()), more).sorted().distinct().toArray();
  }

  private double iterate() {
    Set<Integer> seen = new HashSet<>();
    double next = meansBefore[cells.cells()];
    double current = -2 * tolerance - 1;
    while (Math.abs(next - current) > tolerance) {
      current = next;
      int above = firstAbove(current);
      double back = meansBefore[above];
      if (!seen.add(above) || back == 0) {
        break;
      }
      next = (back - meansFrom[above]) / (Math.log(back) - Math.log(meansFrom[above]));
    }
    return next;
  }

  /** The first cell whose numbers lie above a threshold. */
  private int firstAbove(double limit) {
    int cell = cells.cellOf(limit);
    if (cells.isEmpty(cell) || limit < cells.smallest(cell)) {
      return cell;
    }
    if (limit >= cells.largest(cell)) {
      return cell + 1;
    }
    needed.add(cell);
    return cells.mean(cell) > limit ? cell : cell + 1;
  }
}
