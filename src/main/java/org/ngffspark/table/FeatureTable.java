// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;

/**
 * Features of the objects of a label image: a row for each object, or for each object at each time
 * point; the labels are the index.
 *
 * @param labelName of the label image
 * @param table its index is named {@code label} and holds integers
 */
public record FeatureTable(String labelName, Table table) implements Serializable {
  /** The name of the index. */
  public static final String LABEL = MaskingRoiTable.LABEL;

  /** The column that tells time points apart, as Fractal names it. */
  public static final String TIME = "time_index";

  /**
   * @throws IllegalArgumentException if the table has no index {@code label} of integers
   */
  public FeatureTable {
    boolean labels =
        table.index().filter(LongColumn.class::isInstance).map(Column::name).stream()
            .anyMatch(LABEL::equals);
    if (!labels) {
      throw new IllegalArgumentException(
          "A feature table needs an index 'label' of integers; it has " + table.names());
    }
  }

  /**
   * @param labels one for each row
   * @param columns the features
   * @throws IllegalArgumentException if two columns have one name or lengths differ
   */
  public static FeatureTable of(
      String labelName, long[] labels, Collection<? extends Column> columns) {
    return new FeatureTable(labelName, Table.of(LongColumn.of(LABEL, labels), columns));
  }

  /** The labels, one for each row. */
  public LongColumn labels() {
    return (LongColumn) table.index().orElseThrow();
  }

  /** The features. */
  public List<Column> features() {
    return table.values();
  }
}
