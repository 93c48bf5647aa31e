// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.Arrays;

/** The ways in which tables are written. */
public enum WritableBackend {
  /** An AnnData group, the default of ngio. */
  ANNDATA("anndata_v1"),

  /** A text file: for tables that people look into. */
  CSV("csv"),

  /** A text in the metadata of a group: for small tables. */
  JSON("json"),

  /** A Parquet file: for large tables. */
  PARQUET("parquet");

  private final String attribute;

  WritableBackend(String attribute) {
    this.attribute = attribute;
  }

  /**
   * The one that a table names.
   *
   * @throws IllegalArgumentException if tables of this backend are not written
   */
  public static WritableBackend of(String attribute) {
    return Arrays.stream(values())
        .filter(backend -> backend.attribute.equals(attribute))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Tables of backend '" + attribute + "' are read, but not written"));
  }

  String attribute() {
    return attribute;
  }

  TableWriter writer() {
    return switch (this) {
      case ANNDATA -> new AnnDataBackend();
      case CSV -> new CsvBackend();
      case JSON -> new JsonBackend();
      case PARQUET -> new ParquetBackend();
    };
  }
}
