// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Supplier;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.StorePath;

/** Tables in {@code table.parquet}; the one part of the library that needs Parquet's classes. */
final class ParquetBackend implements TableReader, TableWriter {
  private static final String FILE = "table.parquet";

  @Override
  public Table read(StorePath group, TableAttributes attributes) {
    StorePath file = group.child(FILE);
    return withParquet(
        file,
        () -> {
          ParquetTable parquet = new ParquetTable(file.toString(), new TableFile(file).bytes());
          return attributes.at(file).table(parquet.columns(), Optional.empty());
        });
  }

  @Override
  public void write(StorePath group, ZarrFormat format, ObjectNode attributes, Table table) {
    StorePath file = group.child(FILE);
    group.store().write(group.key(FILE), withParquet(file, () -> ParquetTableWriter.write(table)));
    Group.create(group, format, attributes);
  }

  private static <T> T withParquet(StorePath file, Supplier<T> use) {
    try {
      return use.get();
    } catch (NoClassDefFoundError missing) {
      throw new IllegalStateException(
          file
              + ": tables in Parquet need org.apache.parquet:parquet-hadoop and"
              + " org.apache.hadoop:hadoop-client-api, and the class path lacks "
              + missing.getMessage(),
          missing);
    }
  }
}
