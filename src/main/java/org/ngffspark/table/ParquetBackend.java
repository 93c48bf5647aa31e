// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.StorePath;

/** Tables in {@code table.parquet}. */
final class ParquetBackend implements TableReader, TableWriter {
  private static final String FILE = "table.parquet";

  @Override
  public Table read(StorePath group, TableAttributes attributes) {
    StorePath file = group.child(FILE);
    ParquetTable parquet = new ParquetTable(file.toString(), new TableFile(file).bytes());
    return attributes.at(file).table(parquet.columns(), Optional.empty());
  }

  @Override
  public void write(StorePath group, ZarrFormat format, ObjectNode attributes, Table table) {
    group.store().write(group.key(FILE), ParquetTableWriter.write(table));
    Group.create(group, format, attributes);
  }
}
