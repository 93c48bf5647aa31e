// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.store.FormatException;

/**
 * One region of interest per label of a label image, with the other columns of their rows. Held as
 * numbers sorted by label, 56 bytes a region, so that half a million of them are no burden.
 * Immutable.
 */
public final class MaskingRoiTable implements MaskingRois, Serializable {
  private static final long serialVersionUID = 1L;
  static final String LABEL = "label";

  private final String source;
  // Ascending, each once, all above 0.
  private final long[] labels;
  private final RoiColumns regions;
  private final Table extra;

  private MaskingRoiTable(String source, long[] labels, RoiColumns regions, Table extra) {
    this.source = source;
    this.labels = labels;
    this.regions = regions;
    this.extra = extra;
  }

  /** Collects regions one by one, in any order. */
  public static MaskingRoiTableBuilder builder() {
    return new MaskingRoiTableBuilder();
  }

  /**
   * The rows of a table, whose labels are its index, its column {@code label} or the column named
   * by {@code instance_key}. Of several rows of a label the last counts; the row of label 0, the
   * background, is left out.
   *
   * @throws FormatException if a column is missing or a value is not what it should be
   */
  static MaskingRoiTable of(Table table, TableAttributes attributes) {
    String location = attributes.location();
    Column stored = labelColumn(table, attributes);
    LongColumn ids = new ColumnConversion(location).longs(stored);
    for (int row = 0; row < ids.size(); row++) {
      if (ids.isMissing(row) || ids.value(row) < 0) {
        String value = ids.isMissing(row) ? "nothing" : ids.text(row);
        throw new FormatException(
            location,
            "column '%s' must hold a label >= 0 in row %d, got %s"
                .formatted(ids.name(), row, value));
      }
    }
    List<Column> extra = new ArrayList<>(table.columns());
    extra.removeIf(c -> c == stored || RoiColumns.isRoiColumn(c.name()));
    return of(location, ids.toArray(), RoiColumns.of(table, location), Table.of(extra));
  }

  private static Column labelColumn(Table table, TableAttributes attributes) {
    return table
        .find(LABEL)
        .or(() -> attributes.instanceKey().flatMap(table::find))
        .orElseThrow(
            () ->
                new FormatException(
                    attributes.location(),
                    "a masking ROI table needs a column 'label'; it has " + table.names()));
  }

  /** Rows in any order, labels >= 0. */
  static MaskingRoiTable of(String source, long[] ids, RoiColumns regions, Table extra) {
    if (isSorted(ids)) {
      return new MaskingRoiTable(source, ids, regions, extra);
    }
    int[] order = order(ids);
    long[] sorted = Arrays.stream(order).mapToLong(row -> ids[row]).toArray();
    return new MaskingRoiTable(source, sorted, regions.select(order), extra.select(order));
  }

  /** The rows to take, by ascending label: of each label above 0 the last. */
  private static int[] order(long[] ids) {
    int[] rows =
        IntStream.range(0, ids.length)
            .boxed()
            .sorted((a, b) -> Long.compare(ids[a], ids[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    return IntStream.range(0, rows.length)
        .filter(i -> ids[rows[i]] > 0)
        .filter(i -> i + 1 == rows.length || ids[rows[i + 1]] != ids[rows[i]])
        .map(i -> rows[i])
        .toArray();
  }

  private static boolean isSorted(long[] ids) {
    return IntStream.range(0, ids.length).allMatch(i -> ids[i] > (i == 0 ? 0 : ids[i - 1]));
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public long[] labels() {
    return labels.clone();
  }

  @Override
  public long label(int index) {
    return labels[index];
  }

  @Override
  public Roi roiAt(int index) {
    long label = labels[index];
    return regions.roi(index, Optional.of(Long.toString(label)), Optional.of(label));
  }

  /** The region of a label, named after it; empty if it has none. */
  public Optional<Roi> find(long label) {
    int index = Arrays.binarySearch(labels, label);
    return index < 0 ? Optional.empty() : Optional.of(roiAt(index));
  }

  @Override
  public Roi roi(long label) {
    return find(label)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No ROI of label " + label + " in " + source + "; " + extent()));
  }

  private String extent() {
    return labels.length == 0
        ? "it has no label at all"
        : "it has %d labels from %d to %d"
            .formatted(labels.length, labels[0], labels[labels.length - 1]);
  }

  /** The columns that are neither label nor place, one row per label, ascending. */
  public Table extra() {
    return extra;
  }

  /** All columns, the labels as index. */
  Table table() {
    List<Column> columns = new ArrayList<>(regions.columns());
    columns.addAll(extra.columns());
    return Table.of(LongColumn.of(LABEL, labels), columns);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaskingRoiTable table
        && Arrays.equals(labels, table.labels)
        && regions.equals(table.regions)
        && extra.equals(table.extra);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(labels) + regions.hashCode();
  }

  @Override
  public String toString() {
    return "Masking ROI table " + source + " of " + labels.length + " labels";
  }
}
