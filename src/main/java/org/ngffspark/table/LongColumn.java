// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.Arrays;
import java.util.BitSet;

/** Signed integers of 64 bits. */
public final class LongColumn implements Column {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final long[] values;
  private final BitSet missing;

  private LongColumn(String name, long[] values, BitSet missing) {
    this.name = name;
    this.values = values;
    this.missing = missing;
  }

  /** A column without missing values; the array is copied. */
  public static LongColumn of(String name, long... values) {
    return new LongColumn(name, values.clone(), new BitSet());
  }

  /** A column without the values of some rows; the arrays are copied. */
  public static LongColumn of(String name, long[] values, BitSet missing) {
    return wrap(name, values.clone(), (BitSet) missing.clone());
  }

  /**
   * A column that takes over {@code values} and {@code missing}; the caller must not change them.
   * The values of missing rows become 0.
   */
  static LongColumn wrap(String name, long[] values, BitSet missing) {
    missing.stream().forEach(row -> values[row] = 0);
    return new LongColumn(name, values, missing);
  }

  /** The value; 0 where it is missing. */
  public long value(int row) {
    return values[row];
  }

  /** A copy of the values, 0 where one is missing. */
  public long[] toArray() {
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
    return missing.get(row);
  }

  @Override
  public String text(int row) {
    return isMissing(row) ? "" : Long.toString(values[row]);
  }

  @Override
  public LongColumn named(String newName) {
    return new LongColumn(newName, values, missing);
  }

  @Override
  public LongColumn select(int[] rows) {
    long[] selected = Arrays.stream(rows).mapToLong(row -> row < 0 ? 0 : values[row]).toArray();
    return new LongColumn(name, selected, Missing.select(missing, rows));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LongColumn column
        && name.equals(column.name)
        && Arrays.equals(values, column.values)
        && missing.equals(column.missing);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "long column '" + name + "' of " + values.length + " rows";
  }
}
