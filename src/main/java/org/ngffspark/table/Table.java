// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Columns of equal length in a fixed order. One of them may be the index, which then comes first.
 * Immutable.
 */
public final class Table implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Column> columns;
  private final boolean indexed;
  private final int rows;

  private Table(List<Column> columns, boolean indexed) {
    this.columns = List.copyOf(columns);
    this.indexed = indexed;
    this.rows = columns.isEmpty() ? 0 : columns.get(0).size();
    check();
  }

  /**
   * A table without an index.
   *
   * @throws IllegalArgumentException if two columns have one name or lengths differ
   */
  public static Table of(Collection<? extends Column> columns) {
    return new Table(List.copyOf(columns), false);
  }

  /**
   * A table with an index.
   *
   * @throws IllegalArgumentException if two columns have one name or lengths differ
   */
  public static Table of(Column index, Collection<? extends Column> columns) {
    List<Column> all = new ArrayList<>(columns.size() + 1);
    all.add(index);
    all.addAll(columns);
    return new Table(all, true);
  }

  private void check() {
    TreeSet<String> names = new TreeSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("Two columns are named '" + column.name() + "'");
      }
      if (column.size() != rows) {
        throw new IllegalArgumentException(
            "Columns must have the same length, but '%s' has %d rows and '%s' has %d"
                .formatted(columns.get(0).name(), rows, column.name(), column.size()));
      }
    }
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** All columns, the index first where there is one. */
  public List<Column> columns() {
    return columns;
  }

  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** The column that identifies a row. */
  public Optional<Column> index() {
    return indexed ? Optional.of(columns.get(0)) : Optional.empty();
  }

  /** All columns but the index. */
  public List<Column> values() {
    return List.copyOf(columns.subList(indexed ? 1 : 0, columns.size()));
  }

  /** The column of that name, the index included. */
  public Optional<Column> find(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /**
   * The column of that name, the index included.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that are
   */
  public Column column(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException("No column '" + name + "'; the table has " + names()));
  }

  /** Those rows, in that order, repeated where a row is. */
  public Table select(int... selected) {
    return new Table(columns.stream().map(column -> column.select(selected)).toList(), indexed);
  }

  /** As CSV: header and strings quoted, nothing where a value is missing, lines end in LF. */
  public String toCsv() {
    return CsvWriter.write(this);
  }

  /**
   * As JSON: {@code {column: [values]}}, null where a value is missing.
   *
   * @throws IllegalArgumentException if there are more than nine million values
   */
  public ObjectNode toJson() {
    return JsonColumns.write(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Table table
        && indexed == table.indexed
        && columns.equals(table.columns);
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  @Override
  public String toString() {
    return "Table of " + rows + " rows " + names();
  }
}
