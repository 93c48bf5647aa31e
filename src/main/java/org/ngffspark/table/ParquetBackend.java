// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.Optional;
import org.ngffspark.zarr.store.StorePath;

/** Tables in {@code table.parquet}. */
final class ParquetBackend implements TableReader {
  private static final String FILE = "table.parquet";

  @Override
  public Table read(StorePath group, TableAttributes attributes) {
    StorePath file = group.child(FILE);
    ParquetTable parquet = new ParquetTable(file.toString(), new TableFile(file).bytes());
    return attributes.at(file).table(parquet.columns(), Optional.empty());
  }
}
