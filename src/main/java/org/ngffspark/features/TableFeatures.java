// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.features;

import java.util.List;
import org.ngffspark.samples.FeatureSampler;
import org.ngffspark.samples.SampleSizes;
import org.ngffspark.samples.SampledFeatures;
import org.ngffspark.table.BooleanColumn;
import org.ngffspark.table.Column;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.LongColumn;
import org.ngffspark.table.StringColumn;

/** The numbers of a feature table as those who look at a run see them. */
final class TableFeatures {
  private TableFeatures() {}

  static SampledFeatures of(FeatureTable table, SampleSizes sizes) {
    List<Column> columns = table.features().stream().filter(TableFeatures::isFeature).toList();
    FeatureSampler sampler = new FeatureSampler(columns.stream().map(Column::name).toList(), sizes);
    double[] values = new double[columns.size()];
    for (int row = 0; row < table.labels().size(); row++) {
      for (int column = 0; column < values.length; column++) {
        values[column] = value(columns.get(column), row);
      }
      sampler.add(table.labels().value(row), values);
    }
    return sampler.result();
  }

  /** The region is a text, and the point in time measures nothing. */
  private static boolean isFeature(Column column) {
    return !(column instanceof StringColumn) && !column.name().equals(FeatureTable.TIME);
  }

  private static double value(Column column, int row) {
    if (column.isMissing(row)) {
      return Double.NaN;
    }
    if (column instanceof LongColumn integers) {
      return integers.value(row);
    }
    if (column instanceof BooleanColumn booleans) {
      return booleans.value(row) ? 1 : 0;
    }
    return ((DoubleColumn) column).value(row);
  }
}
