// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.List;

/**
 * A table as CSV: header and strings in quotes, numbers and booleans bare, nothing where a value is
 * missing, lines end in LF.
 */
final class CsvWriter {
  private final StringBuilder text = new StringBuilder();

  private CsvWriter() {}

  static String write(Table table) {
    CsvWriter writer = new CsvWriter();
    writer.header(table.names());
    List<Column> columns = table.columns();
    for (int row = 0; row < table.rows(); row++) {
      writer.record(columns, row);
    }
    return writer.text.toString();
  }

  private void header(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 0 ? "" : ",");
      quote(names.get(i));
    }
    text.append('\n');
  }

  private void record(List<Column> columns, int row) {
    for (int i = 0; i < columns.size(); i++) {
      text.append(i == 0 ? "" : ",");
      field(columns.get(i), row);
    }
    text.append('\n');
  }

  private void field(Column column, int row) {
    if (column.isMissing(row)) {
      return;
    }
    if (column instanceof StringColumn) {
      quote(column.text(row));
    } else if (column instanceof DoubleColumn doubles) {
      text.append(Numbers.format(doubles.value(row)));
    } else {
      text.append(column.text(row));
    }
  }

  private void quote(String field) {
    text.append('"').append(field.replace("\"", "\"\"")).append('"');
  }
}
