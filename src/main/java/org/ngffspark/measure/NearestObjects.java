// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.BitSet;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.LongColumn;

/** The nearest object of each object, and how many lie within a distance; see {@link PointTree}. */
final class NearestObjects {
  private final long[] counts;
  private final long[] labels;
  private final BitSet alone = new BitSet();
  private final double[] distances;

  private NearestObjects(int size) {
    this.counts = new long[size];
    this.labels = new long[size];
    this.distances = new double[size];
  }

  static NearestObjects of(FeatureRows rows, double within) {
    NearestObjects nearest = new NearestObjects(rows.size());
    int from = 0;
    while (from < rows.size()) {
      int to = from;
      while (to < rows.size() && rows.time(to) == rows.time(from)) {
        to++;
      }
      nearest.fill(rows, from, to, within);
      from = to;
    }
    return nearest;
  }

  /** Of the objects of one time point. */
  private void fill(FeatureRows rows, int from, int to, double within) {
    double[][] points = new double[to - from][ObjectMask.AXES];
    for (int row = from; row < to; row++) {
      for (int axis = 0; axis < ObjectMask.AXES; axis++) {
        points[row - from][axis] = rows.centroid(row, axis);
      }
    }
    PointTree tree = PointTree.of(points);
    for (int row = from; row < to; row++) {
      // Points ascend by label, so that the lowest index is the lowest label.
      int other = tree.nearestOf(row - from);
      if (other < 0) {
        alone.set(row);
        distances[row] = Double.NaN;
      } else {
        labels[row] = rows.label(from + other);
        distances[row] = Math.sqrt(tree.squaredDistance(row - from, other));
      }
      counts[row] = Double.isNaN(within) ? 0 : tree.countWithin(row - from, within);
    }
  }

  LongColumn counts(String name) {
    return LongColumn.of(name, counts);
  }

  /** Missing where there is no other object. */
  LongColumn labels(String name) {
    return LongColumn.of(name, labels, alone);
  }

  /** Missing where there is no other object. */
  DoubleColumn distances(String name) {
    return DoubleColumn.of(name, distances);
  }
}
