// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.Arrays;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;

/** Collects regions as numbers, not as objects. Not thread-safe. */
final class RoiColumnsBuilder {
  private static final int SPACE_COLUMNS = 6;
  private static final int ALL_COLUMNS = 8;
  private static final int FIRST_CAPACITY = 16;

  private final double[][] values = new double[ALL_COLUMNS][FIRST_CAPACITY];
  private boolean hasTime;
  private int rows;

  /**
   * Adds a region. Without z it gets z 0 and length 1, as two-dimensional images are saved.
   *
   * @throws IllegalArgumentException if the columns of a ROI table cannot hold it: x, y or z is
   *     open, or it names a channel
   */
  void add(Roi roi) {
    double[] row = new double[ALL_COLUMNS];
    put(row, 0, SPACE_COLUMNS / 2, closed(roi, AxisName.X));
    put(row, 1, SPACE_COLUMNS / 2, closed(roi, AxisName.Y));
    boolean hasZ = roi.intervals().containsKey(AxisName.Z);
    put(row, 2, SPACE_COLUMNS / 2, hasZ ? closed(roi, AxisName.Z) : Interval.of(0, 1));
    put(row, SPACE_COLUMNS, 1, roi.interval(AxisName.T));
    requireAllChannels(roi);
    hasTime |= roi.interval(AxisName.T).start().isPresent();
    append(row);
  }

  private static void put(double[] row, int column, int toLength, Interval interval) {
    row[column] = interval.start().orElse(Double.NaN);
    row[column + toLength] = interval.length().orElse(Double.NaN);
  }

  private static Interval closed(Roi roi, AxisName axis) {
    Interval interval = roi.interval(axis);
    if (interval.start().isEmpty() || interval.length().isEmpty()) {
      throw new IllegalArgumentException(
          roi + " is open on axis " + axis + "; a table needs its start and length");
    }
    return interval;
  }

  private static void requireAllChannels(Roi roi) {
    if (roi.interval(AxisName.C).start().isPresent()) {
      throw new IllegalArgumentException(
          roi + " has a range of channels, which a ROI table cannot hold");
    }
  }

  private void append(double[] row) {
    for (int i = 0; i < ALL_COLUMNS; i++) {
      if (values[i].length == rows) {
        values[i] = Arrays.copyOf(values[i], Math.multiplyExact(rows, 2));
      }
      values[i][rows] = row[i];
    }
    rows++;
  }

  RoiColumns build() {
    double[][] columns = new double[hasTime ? ALL_COLUMNS : SPACE_COLUMNS][];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Arrays.copyOf(values[i], rows);
    }
    return RoiColumns.wrap(columns);
  }
}
