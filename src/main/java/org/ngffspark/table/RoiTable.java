// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.store.FormatException;

/**
 * Named regions of interest in the order of the table, with the other columns of their rows.
 * Immutable.
 */
public final class RoiTable implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String INDEX = "FieldIndex";
  private static final String LABEL = "label";

  private final String source;
  private final StringColumn names;
  private final RoiColumns regions;
  private final Table extra;

  private RoiTable(String source, StringColumn names, RoiColumns regions, Table extra) {
    this.source = source;
    this.names = names;
    this.regions = regions;
    this.extra = extra;
  }

  /**
   * A table of these regions without further columns. A region without a name is named after its
   * label, else after its row.
   *
   * @throws IllegalArgumentException if a region is open on x, y or z, or names a channel
   */
  public static RoiTable of(Collection<Roi> rois) {
    RoiColumnsBuilder regions = new RoiColumnsBuilder();
    List<String> names = new ArrayList<>(rois.size());
    List<Long> labels = new ArrayList<>(rois.size());
    for (Roi roi : rois) {
      regions.add(roi);
      String other = roi.label().map(String::valueOf).orElse(String.valueOf(names.size()));
      names.add(roi.name().orElse(other));
      roi.label().ifPresent(labels::add);
    }
    if (!labels.isEmpty() && labels.size() < names.size()) {
      throw new IllegalArgumentException(
          labels.size() + " of " + names.size() + " ROIs have a label; all or none must have one");
    }
    List<Column> extra = new ArrayList<>();
    if (!labels.isEmpty()) {
      extra.add(LongColumn.of(LABEL, labels.stream().mapToLong(Long::longValue).toArray()));
    }
    return new RoiTable(
        "the computed ROIs",
        StringColumn.wrap(INDEX, names.toArray(String[]::new)),
        regions.build(),
        Table.of(extra));
  }

  /**
   * @param location of the table, for messages
   * @throws FormatException if a column is missing or a label is no whole number
   */
  static RoiTable of(Table table, String location) {
    RoiColumns regions = RoiColumns.of(table, location);
    Optional<Column> stored = table.index().or(() -> table.find(INDEX));
    List<Column> extra = new ArrayList<>(table.columns());
    extra.removeIf(column -> RoiColumns.isRoiColumn(column.name()));
    stored.ifPresent(extra::remove);
    extra.replaceAll(
        column ->
            column.name().equals(LABEL) ? new ColumnConversion(location).longs(column) : column);
    Column names = stored.orElseGet(() -> StringColumn.rowNumbers(INDEX, table.rows()));
    return new RoiTable(location, ColumnConversion.strings(names), regions, Table.of(extra));
  }

  public int size() {
    return regions.rows();
  }

  /** The names in the order of the table. */
  public List<String> names() {
    List<String> list = new ArrayList<>(size());
    for (int row = 0; row < size(); row++) {
      list.add(names.text(row));
    }
    return list;
  }

  /**
   * The region in that row, from 0.
   *
   * @throws FormatException if a number in the row is missing or cannot be
   */
  public Roi roi(int row) {
    regions
        .problem(row)
        .ifPresent(
            problem -> {
              throw new FormatException(source, "row " + row + ": " + problem);
            });
    Optional<Long> label =
        extra
            .find(LABEL)
            .filter(column -> !column.isMissing(row))
            .map(column -> ((LongColumn) column).value(row));
    return regions.roi(row, Optional.of(names.text(row)), label);
  }

  /**
   * The region of that name; the last of several.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that are
   */
  public Roi roi(String name) {
    for (int row = size() - 1; row >= 0; row--) {
      if (names.text(row).equals(name)) {
        return roi(row);
      }
    }
    throw new IllegalArgumentException(
        "No ROI '" + name + "'; the table has " + Quote.some(names()));
  }

  /** All regions in the order of the table. */
  public List<Roi> rois() {
    List<Roi> list = new ArrayList<>(size());
    for (int row = 0; row < size(); row++) {
      list.add(roi(row));
    }
    return list;
  }

  /** The columns that are neither name nor place, row by row. */
  public Table extra() {
    return extra;
  }

  /** All columns, the names as index. */
  Table table() {
    List<Column> columns = new ArrayList<>(regions.columns());
    columns.addAll(extra.columns());
    return Table.of(names, columns);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RoiTable table && table().equals(table.table());
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + regions.hashCode();
  }

  @Override
  public String toString() {
    return "ROI table of " + size() + " ROIs";
  }
}
