// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Strings. An empty string is a value, not a missing one. */
public final class StringColumn implements Column {
  private static final long serialVersionUID = 1L;

  private final String name;
  // Missing values are null here and nowhere outside: half a million Optionals would cost 8 MB.
  private final String[] values;

  private StringColumn(String name, String[] values) {
    this.name = name;
    this.values = values;
  }

  /** A column without missing values; the array is copied. */
  public static StringColumn of(String name, String... values) {
    Arrays.stream(values).forEach(Objects::requireNonNull);
    return new StringColumn(name, values.clone());
  }

  /** A column that takes over {@code values}, in which null means missing. */
  static StringColumn wrap(String name, String[] values) {
    return new StringColumn(name, values);
  }

  /** The numbers of the rows, from 0. */
  static StringColumn rowNumbers(String name, int rows) {
    return new StringColumn(
        name, IntStream.range(0, rows).mapToObj(Integer::toString).toArray(String[]::new));
  }

  /** The value; empty where it is missing. */
  public Optional<String> value(int row) {
    return Optional.ofNullable(values[row]);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public boolean isMissing(int row) {
    return values[row] == null;
  }

  @Override
  public String text(int row) {
    return isMissing(row) ? "" : values[row];
  }

  @Override
  public StringColumn named(String newName) {
    return new StringColumn(newName, values);
  }

  @Override
  public StringColumn select(int[] rows) {
    return new StringColumn(
        name,
        Arrays.stream(rows).mapToObj(row -> row < 0 ? null : values[row]).toArray(String[]::new));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StringColumn column
        && name.equals(column.name)
        && Arrays.equals(values, column.values);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "string column '" + name + "' of " + values.length + " rows";
  }
}
