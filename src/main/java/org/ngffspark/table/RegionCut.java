// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;

/**
 * Tables of regions as they are of a part of their image: each region is what lies in the part,
 * from its first pixel on. Rows that have nothing there are left out; one without a region stays,
 * and so do all other columns.
 *
 * @param part in the world units of the tables
 */
record RegionCut(Roi part) implements RegionEdit {
  /** World units that are less than any pixel: what rounding leaves of a region beside the part. */
  private static final double NOTHING = 1e-6;

  private static final Map<AxisName, List<String>> COLUMNS =
      Map.of(
          AxisName.X, List.of("x_micrometer", "len_x_micrometer"),
          AxisName.Y, List.of("y_micrometer", "len_y_micrometer"),
          AxisName.Z, List.of("z_micrometer", "len_z_micrometer"),
          AxisName.T, List.of("t_second", "len_t_second"));

  /** Start and length of the regions on one axis. */
  private record Range(String startName, double[] starts, String lengthName, double[] lengths) {}

  @Override
  public Table of(Table table) {
    List<Range> cut = new ArrayList<>();
    part.intervals().forEach((axis, interval) -> add(cut, table, COLUMNS.get(axis), interval));
    List<Column> columns = new ArrayList<>(table.values());
    columns.replaceAll(column -> replaced(column, cut));
    Table all = table.index().map(index -> Table.of(index, columns)).orElse(Table.of(columns));
    return all.select(IntStream.range(0, table.rows()).filter(row -> isLeft(row, cut)).toArray());
  }

  private static void add(List<Range> cut, Table table, List<String> names, Interval interval) {
    if (table.find(names.get(0)).isEmpty() || table.find(names.get(1)).isEmpty()) {
      return;
    }
    double[] starts = ColumnConversion.numbers(table.column(names.get(0))).toArray();
    double[] lengths = ColumnConversion.numbers(table.column(names.get(1))).toArray();
    double from = interval.start().orElse(0);
    OptionalDouble length = interval.length();
    double to = length.isPresent() ? from + length.getAsDouble() : Double.POSITIVE_INFINITY;
    for (int row = 0; row < starts.length; row++) {
      double end = Math.min(to, starts[row] + lengths[row]);
      double start = Math.max(from, starts[row]);
      starts[row] = start - from;
      lengths[row] = end - start;
    }
    cut.add(new Range(names.get(0), starts, names.get(1), lengths));
  }

  private static Column replaced(Column column, List<Range> cut) {
    for (Range range : cut) {
      if (column.name().equals(range.startName)) {
        return DoubleColumn.wrap(range.startName, range.starts);
      }
      if (column.name().equals(range.lengthName)) {
        return DoubleColumn.wrap(range.lengthName, range.lengths);
      }
    }
    return column;
  }

  private static boolean isLeft(int row, List<Range> cut) {
    return cut.stream().noneMatch(range -> range.lengths[row] < NOTHING);
  }
}
