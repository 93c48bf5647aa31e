// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.Arrays;
import java.util.List;
import org.ngffspark.zarr.store.FormatException;

/** The ways to store a table, under the names that the attribute {@code backend} gives them. */
enum TableBackend {
  ANNDATA("anndata_v1", "anndata"),
  CSV("csv", "experimental_csv_v1"),
  JSON("json", "experimental_json_v1"),
  PARQUET("parquet", "experimental_parquet_v1");

  private final String name;
  private final String otherName;

  TableBackend(String name, String otherName) {
    this.name = name;
    this.otherName = otherName;
  }

  TableReader reader() {
    return switch (this) {
      case ANNDATA -> new AnnDataBackend();
      case CSV -> new CsvBackend();
      case JSON -> new JsonBackend();
      case PARQUET -> new ParquetBackend();
    };
  }

  private List<String> names() {
    return List.of(name, otherName);
  }

  /**
   * @throws FormatException if no backend has the name that the attributes give
   */
  static TableBackend of(TableAttributes attributes) {
    return Arrays.stream(values())
        .filter(backend -> backend.names().contains(attributes.backend()))
        .findFirst()
        .orElseThrow(
            () ->
                new FormatException(
                    attributes.location(),
                    "backend \"%s\" is not supported; supported are %s"
                        .formatted(attributes.backend(), allNames())));
  }

  private static List<String> allNames() {
    return Arrays.stream(values()).flatMap(backend -> backend.names().stream()).toList();
  }
}
