// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.zarr.store.FormatException;

/** The columns of a CSV text: the first record names them, the values tell their types. */
final class CsvTable {
  private final String location;
  private final String text;

  CsvTable(String location, String text) {
    this.location = location;
    this.text = text;
  }

  /**
   * @throws FormatException if the text is not CSV or a record has more or fewer fields than the
   *     header
   */
  List<Column> columns() {
    List<CsvColumn> columns = header(new CsvReader(location, text));
    int rows = forEachRecord(columns, CsvColumn::observe);
    columns.forEach(column -> column.allocate(rows));
    forEachRecord(columns, CsvColumn::add);
    List<Column> result = new ArrayList<>(columns.size());
    columns.forEach(column -> result.add(column.build()));
    return result;
  }

  private List<CsvColumn> header(CsvReader reader) {
    List<CsvColumn> columns = new ArrayList<>();
    if (reader.next()) {
      for (int i = 0; i < reader.size(); i++) {
        columns.add(new CsvColumn(reader.field(i)));
      }
    }
    return columns;
  }

  private int forEachRecord(List<CsvColumn> columns, FieldConsumer consumer) {
    CsvReader reader = new CsvReader(location, text);
    reader.next();
    int rows = 0;
    while (reader.next()) {
      if (reader.isBlank() && columns.size() != 1) {
        continue;
      }
      if (reader.size() != columns.size()) {
        throw new FormatException(
            location,
            "the record in line %d has %d fields, the header has %d"
                .formatted(reader.line(), reader.size(), columns.size()));
      }
      for (int i = 0; i < columns.size(); i++) {
        consumer.accept(columns.get(i), reader.field(i), reader.isQuoted(i));
      }
      rows++;
    }
    return rows;
  }

  private interface FieldConsumer {
    void accept(CsvColumn column, String field, boolean quoted);
  }
}
