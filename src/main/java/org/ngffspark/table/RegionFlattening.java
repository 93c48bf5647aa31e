// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ngffspark.roi.AxisName;

/**
 * Regions of an image with one pixel on an axis. On z, whose columns ROI tables must have, they are
 * 0 to 1, as Fractal's projection leaves them; the columns of t go.
 */
record RegionFlattening(AxisName axis) implements RegionEdit {
  private static final String START = "z_micrometer";
  private static final String LENGTH = "len_z_micrometer";
  private static final List<String> TIME = List.of("t_second", "len_t_second");

  @Override
  public Table of(Table table) {
    List<Column> columns = new ArrayList<>(table.values());
    if (axis == AxisName.Z) {
      columns.replaceAll(RegionFlattening::onePixel);
    } else if (axis == AxisName.T) {
      columns.removeIf(column -> TIME.contains(column.name()));
    }
    return table.index().map(index -> Table.of(index, columns)).orElseGet(() -> Table.of(columns));
  }

  private static Column onePixel(Column column) {
    if (!column.name().equals(START) && !column.name().equals(LENGTH)) {
      return column;
    }
    double[] values = new double[column.size()];
    Arrays.fill(values, column.name().equals(START) ? 0 : 1);
    return DoubleColumn.wrap(column.name(), values);
  }
}
