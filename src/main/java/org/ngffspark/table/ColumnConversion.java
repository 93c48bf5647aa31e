// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.BitSet;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.ngffspark.zarr.store.FormatException;

/**
 * Reads a column as another type where nothing is lost: the same ids come as integers, as floats or
 * as strings, whichever tool and backend wrote them.
 *
 * @param location of the table, for messages
 */
record ColumnConversion(String location) {
  private static final double LARGEST_EXACT = 0x1p53;

  /**
   * @throws FormatException if a value is not a whole number of 64 bits
   */
  LongColumn longs(Column column) {
    if (column instanceof LongColumn same) {
      return same;
    }
    long[] values = new long[column.size()];
    BitSet missing = new BitSet();
    for (int row = 0; row < values.length; row++) {
      if (column.isMissing(row)) {
        missing.set(row);
      } else {
        OptionalLong value = wholeNumber(column, row);
        values[row] = value.orElseThrow(notANumber(column, row, "a whole number"));
      }
    }
    return LongColumn.wrap(column.name(), values, missing);
  }

  /** The value as a whole number of 64 bits; empty where it is none. */
  static OptionalLong wholeNumber(Column column, int row) {
    if (column.isMissing(row)) {
      return OptionalLong.empty();
    }
    if (column instanceof LongColumn longs) {
      return OptionalLong.of(longs.value(row));
    }
    if (column instanceof DoubleColumn doubles) {
      double value = doubles.value(row);
      boolean exact = Math.rint(value) == value && Math.abs(value) <= LARGEST_EXACT;
      return exact ? OptionalLong.of((long) value) : OptionalLong.empty();
    }
    return Numbers.parseLong(column.text(row));
  }

  /** Every value as a number; NaN where it is none. */
  static DoubleColumn numbers(Column column) {
    if (column instanceof DoubleColumn same) {
      return same;
    }
    double[] values = new double[column.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] = column.isMissing(row) ? Double.NaN : number(column, row);
    }
    return DoubleColumn.wrap(column.name(), values);
  }

  private static double number(Column column, int row) {
    return column instanceof LongColumn longs
        ? longs.value(row)
        : Numbers.parseDouble(column.text(row)).orElse(Double.NaN);
  }

  /** Every value as text. */
  static StringColumn strings(Column column) {
    if (column instanceof StringColumn same) {
      return same;
    }
    String[] values = new String[column.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] = column.isMissing(row) ? null : column.text(row);
    }
    return StringColumn.wrap(column.name(), values);
  }

  private Supplier<FormatException> notANumber(Column column, int row, String wanted) {
    return () ->
        new FormatException(
            location,
            "column '%s' must hold %s in row %d, got '%s'"
                .formatted(column.name(), wanted, row, Quote.shorten(column.text(row))));
  }
}
