// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

/** The ways in which tables are written; more can be read. */
public enum WritableBackend {
  /** An AnnData group, the default of ngio. */
  ANNDATA("anndata_v1", new AnnDataBackend()),

  /** A text file: for tables that people look into. */
  CSV("csv", new CsvBackend());

  private final String attribute;
  private final TableWriter writer;

  WritableBackend(String attribute, TableWriter writer) {
    this.attribute = attribute;
    this.writer = writer;
  }

  String attribute() {
    return attribute;
  }

  TableWriter writer() {
    return writer;
  }
}
