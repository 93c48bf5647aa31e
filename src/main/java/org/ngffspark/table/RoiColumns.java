// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.store.FormatException;

/**
 * The columns that say where a region of interest lies, one row per region: start and length in
 * micrometer along x, y and z, and in seconds along t where the table has time. Immutable.
 */
final class RoiColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final List<AxisName> SPACE = List.of(AxisName.X, AxisName.Y, AxisName.Z);
  private static final List<String> SPACE_COLUMNS =
      List.of(
          "x_micrometer",
          "y_micrometer",
          "z_micrometer",
          "len_x_micrometer",
          "len_y_micrometer",
          "len_z_micrometer");
  private static final List<String> TIME_COLUMNS = List.of("t_second", "len_t_second");
  private static final int LENGTH = 3;
  private static final int TIME = 6;
  private static final int ALL = 8;

  // By column, then by row. Either the six of space or these and the two of time.
  private final double[][] values;

  private RoiColumns(double[][] values) {
    this.values = values;
  }

  /**
   * Takes over {@code values}, by column and then by row, which the caller must not change.
   *
   * @param values start in x, y, z, length in x, y, z and, where there is time, start and length in
   *     t; NaN in t is open
   */
  static RoiColumns wrap(double[][] values) {
    return new RoiColumns(values);
  }

  /**
   * @param location of the table, for messages
   * @throws FormatException if a column is missing
   */
  static RoiColumns of(Table table, String location) {
    requireColumns(table, location);
    List<DoubleColumn> columns = new ArrayList<>();
    SPACE_COLUMNS.forEach(name -> columns.add(ColumnConversion.numbers(table.column(name))));
    boolean hasTime = TIME_COLUMNS.stream().anyMatch(name -> table.find(name).isPresent());
    if (hasTime) {
      TIME_COLUMNS.forEach(name -> columns.add(time(table, name)));
    }
    return new RoiColumns(columns.stream().map(DoubleColumn::toArray).toArray(double[][]::new));
  }

  private static void requireColumns(Table table, String location) {
    TreeSet<String> missing = new TreeSet<>(SPACE_COLUMNS);
    table.names().forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new FormatException(
          location, "a ROI table needs the columns " + missing + "; it has " + table.names());
    }
  }

  private static DoubleColumn time(Table table, String name) {
    return table
        .find(name)
        .map(ColumnConversion::numbers)
        .orElseGet(
            () -> {
              double[] open = new double[table.rows()];
              Arrays.fill(open, Double.NaN);
              return DoubleColumn.wrap(name, open);
            });
  }

  /**
   * What is wrong with a region: a start or length that is missing or not finite, or a negative
   * length.
   */
  Optional<String> problem(int row) {
    for (int column = 0; column < values.length; column++) {
      boolean length = column < TIME ? column >= LENGTH : column == TIME + 1;
      double value = values[column][row];
      boolean right = value >= (length ? 0 : -Double.MAX_VALUE) && value <= Double.MAX_VALUE;
      if (!right && !(column >= TIME && Double.isNaN(value))) {
        return Optional.of(
            "column '%s' must hold a finite number%s, got %s"
                .formatted(name(column), length ? " >= 0" : "", value));
      }
    }
    return Optional.empty();
  }

  private static String name(int column) {
    return column < TIME ? SPACE_COLUMNS.get(column) : TIME_COLUMNS.get(column - TIME);
  }

  static boolean isRoiColumn(String name) {
    return SPACE_COLUMNS.contains(name) || TIME_COLUMNS.contains(name);
  }

  int rows() {
    return values[0].length;
  }

  /** The region of a row that has no problem. */
  Roi roi(int row, Optional<String> name, Optional<Long> label) {
    Map<AxisName, Interval> intervals = new EnumMap<>(AxisName.class);
    for (int i = 0; i < LENGTH; i++) {
      intervals.put(SPACE.get(i), Interval.of(values[i][row], values[i + LENGTH][row]));
    }
    if (values.length == ALL && !Double.isNaN(values[TIME][row])) {
      intervals.put(AxisName.T, time(row));
    }
    return new Roi(name, label, intervals);
  }

  private Interval time(int row) {
    double length = values[TIME + 1][row];
    return new Interval(
        OptionalDouble.of(values[TIME][row]),
        Double.isNaN(length) ? OptionalDouble.empty() : OptionalDouble.of(length));
  }

  RoiColumns select(int[] rows) {
    double[][] selected = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      double[] column = values[i];
      selected[i] = Arrays.stream(rows).mapToDouble(row -> column[row]).toArray();
    }
    return new RoiColumns(selected);
  }

  /** As columns of a table. */
  List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      columns.add(DoubleColumn.wrap(name(i), values[i]));
    }
    return columns;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RoiColumns columns && Arrays.deepEquals(values, columns.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }
}
