// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.roi.Roi;
import org.ngffspark.roi.UnusableRegion;
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
  private final MaskingRowNotes notes;
  // Empty for none, since Optional is not serializable.
  private final String fingerprint;

  /**
   * Takes over {@code labels}, ascending, each once, all above 0.
   *
   * @param regions one for each label
   * @param extra the other columns, one row for each label
   * @param fingerprint of the label image
   */
  MaskingRoiTable(
      String source,
      long[] labels,
      RoiColumns regions,
      Table extra,
      MaskingRowNotes notes,
      Optional<String> fingerprint) {
    this.source = source;
    this.labels = labels;
    this.regions = regions;
    this.extra = extra;
    this.notes = notes;
    this.fingerprint = fingerprint.orElse("");
  }

  /** A table of regions that lie elsewhere, as those of a label image. */
  public static MaskingRoiTable of(MaskingRois regions) {
    MaskingRoiTableBuilder table = builder();
    for (int i = 0; i < regions.size(); i++) {
      table.add(regions.roiAt(i));
    }
    return table.build();
  }

  /** Collects regions one by one, in any order. */
  public static MaskingRoiTableBuilder builder() {
    return new MaskingRoiTableBuilder();
  }

  /**
   * The rows of a table, whose labels are the column that {@code instance_key} names, or the column
   * or index {@code label}. Of several rows of a label the last counts; the row of label 0, the
   * background, is left out. A row without a label or a region is left out, and noted.
   *
   * @throws FormatException if a column is missing, or more than 10,000 rows cannot be used
   */
  static MaskingRoiTable of(Table table, TableAttributes attributes) {
    String location = attributes.location();
    Column stored = labelColumn(table, attributes);
    List<Column> extra = new ArrayList<>(table.columns());
    extra.removeIf(c -> c == stored || RoiColumns.isRoiColumn(c.name()));
    return MaskingRows.table(location, stored, RoiColumns.of(table, location), Table.of(extra))
        .withFingerprint(attributes.fingerprint());
  }

  private MaskingRoiTable withFingerprint(Optional<String> other) {
    return new MaskingRoiTable(source, labels, regions, extra, notes, other);
  }

  /** The same regions, made of the label image as it is now. */
  public MaskingRoiTable madeOf(String labelFingerprint) {
    return withFingerprint(Optional.of(labelFingerprint));
  }

  @Override
  public Optional<String> fingerprint() {
    return fingerprint.isEmpty() ? Optional.empty() : Optional.of(fingerprint);
  }

  private static Column labelColumn(Table table, TableAttributes attributes) {
    return attributes
        .instanceKey()
        .flatMap(table::find)
        .or(() -> table.find(LABEL))
        .orElseThrow(
            () ->
                new FormatException(
                    attributes.location(),
                    "a masking ROI table needs a column 'label', or one that instance_key names;"
                        + " it has "
                        + table.names()));
  }

  /** What is to be said of rows that give no region to a label. */
  public MaskingRowNotes notes() {
    return notes;
  }

  @Override
  public List<UnusableRegion> unusable() {
    return notes.unusable();
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
                    notes.unusable().stream()
                        .filter(region -> region.label() == label)
                        .map(region -> "Label " + label + ": " + region.reason())
                        .findFirst()
                        .orElse("No ROI of label " + label + " in " + source + "; " + extent())));
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

  /**
   * The same with more columns, one row per label, ascending.
   *
   * @throws IllegalArgumentException if a column has another length or a name that is taken
   */
  public MaskingRoiTable with(Column... more) {
    List<Column> columns = new ArrayList<>(extra.columns());
    columns.addAll(Arrays.asList(more));
    MaskingRoiTable wider =
        new MaskingRoiTable(source, labels, regions, Table.of(columns), notes, fingerprint());
    wider.table();
    return wider;
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
