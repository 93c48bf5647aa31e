// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.StorePath;

/** Tables in {@code table.csv}, UTF-8, the index first. */
final class CsvBackend implements TableReader, TableWriter {
  private static final String FILE = "table.csv";

  @Override
  public Table read(StorePath group, TableAttributes attributes) {
    StorePath file = group.child(FILE);
    CsvTable csv = new CsvTable(file.toString(), new TableFile(file).text());
    return attributes.at(file).table(csv.columns(), Optional.empty());
  }

  @Override
  public void write(StorePath group, ZarrFormat format, ObjectNode attributes, Table table) {
    byte[] text = CsvWriter.write(table).getBytes(StandardCharsets.UTF_8);
    group.store().write(group.key(FILE), ByteBuffer.wrap(text));
    Group.create(group, format, attributes);
  }
}
