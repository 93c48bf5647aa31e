// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.BitSet;

/** Truth values. */
public final class BooleanColumn implements Column {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final int size;
  private final BitSet values;
  private final BitSet missing;

  private BooleanColumn(String name, int size, BitSet values, BitSet missing) {
    this.name = name;
    this.size = size;
    this.values = values;
    this.missing = missing;
  }

  /** A column without missing values; the array is copied. */
  public static BooleanColumn of(String name, boolean... values) {
    BitSet bits = new BitSet();
    for (int row = 0; row < values.length; row++) {
      bits.set(row, values[row]);
    }
    return new BooleanColumn(name, values.length, bits, new BitSet());
  }

  /**
   * A column that takes over {@code values} and {@code missing}; the caller must not change them.
   * Missing rows become false.
   */
  static BooleanColumn wrap(String name, int size, BitSet values, BitSet missing) {
    values.andNot(missing);
    return new BooleanColumn(name, size, values, missing);
  }

  /** The value; false where it is missing. */
  public boolean value(int row) {
    return values.get(row);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean isMissing(int row) {
    return missing.get(row);
  }

  @Override
  public String text(int row) {
    return isMissing(row) ? "" : Boolean.toString(values.get(row));
  }

  @Override
  public BooleanColumn named(String newName) {
    return new BooleanColumn(newName, size, values, missing);
  }

  @Override
  public BooleanColumn select(int[] rows) {
    BitSet selected = new BitSet();
    for (int i = 0; i < rows.length; i++) {
      selected.set(i, rows[i] >= 0 && values.get(rows[i]));
    }
    return new BooleanColumn(name, rows.length, selected, Missing.select(missing, rows));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BooleanColumn column
        && name.equals(column.name)
        && size == column.size
        && values.equals(column.values)
        && missing.equals(column.missing);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + values.hashCode();
  }

  @Override
  public String toString() {
    return "boolean column '" + name + "' of " + size + " rows";
  }
}
