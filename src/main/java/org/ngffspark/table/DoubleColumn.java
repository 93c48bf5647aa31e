// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.Arrays;

/** Floating-point numbers of 64 bits. NaN and missing are the same thing. */
public final class DoubleColumn implements Column {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final double[] values;

  private DoubleColumn(String name, double[] values) {
    this.name = name;
    this.values = values;
  }

  /** A column in which NaN means missing; the array is copied. */
  public static DoubleColumn of(String name, double... values) {
    return new DoubleColumn(name, values.clone());
  }

  /** A column that takes over {@code values}; the caller must not change them. */
  static DoubleColumn wrap(String name, double[] values) {
    return new DoubleColumn(name, values);
  }

  /** The value; NaN where it is missing. */
  public double value(int row) {
    return values[row];
  }

  /** A copy of the values, NaN where one is missing. */
  public double[] toArray() {
    return values.clone();
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
    return Double.isNaN(values[row]);
  }

  @Override
  public String text(int row) {
    return isMissing(row) ? "" : Double.toString(values[row]);
  }

  @Override
  public DoubleColumn named(String newName) {
    return new DoubleColumn(newName, values);
  }

  @Override
  public DoubleColumn select(int[] rows) {
    return new DoubleColumn(
        name, Arrays.stream(rows).mapToDouble(row -> row < 0 ? Double.NaN : values[row]).toArray());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DoubleColumn column
        && name.equals(column.name)
        && Arrays.equals(values, column.values);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "double column '" + name + "' of " + values.length + " rows";
  }
}
