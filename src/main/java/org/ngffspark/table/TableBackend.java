// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.Arrays;
import java.util.List;
import org.ngffspark.zarr.store.FormatException;

/** The ways to store a table, under the names that the attribute {@code backend} gives them. */
enum TableBackend {
  ANNDATA(new AnnDataBackend(), "anndata_v1", "anndata"),
  CSV(new CsvBackend(), "csv", "experimental_csv_v1"),
  JSON(new JsonBackend(), "json", "experimental_json_v1"),
  PARQUET(new ParquetBackend(), "parquet", "experimental_parquet_v1");

  private final TableReader reader;
  private final List<String> names;

  TableBackend(TableReader reader, String... names) {
    this.reader = reader;
    this.names = List.of(names);
  }

  TableReader reader() {
    return reader;
  }

  /**
   * @throws FormatException if no backend has the name that the attributes give
   */
  static TableBackend of(TableAttributes attributes) {
    String name = attributes.backend();
    return Arrays.stream(values())
        .filter(backend -> backend.names.contains(name))
        .findFirst()
        .orElseThrow(
            () ->
                new FormatException(
                    attributes.location(),
                    "backend \"%s\" is not supported; supported are %s"
                        .formatted(
                            name,
                            Arrays.stream(values()).flatMap(b -> b.names.stream()).toList())));
  }
}
