// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

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
