// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.io.Serializable;
import java.util.BitSet;
import org.ngffspark.table.BooleanColumn;
import org.ngffspark.table.Column;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.LongColumn;

/**
 * A column of features.
 *
 * @param name of the column
 * @param type of its values
 */
public record FeatureColumn(String name, Type type) implements Serializable {

  /** What the values of a column are. */
  public enum Type {
    /** Floating-point numbers; NaN is a missing one. */
    NUMBER,
    /** Whole numbers of up to 53 bits; NaN is a missing one. */
    INTEGER,
    /** 1 is true, 0 is false. */
    BOOLEAN;

    Column column(String name, double[] values) {
      return switch (this) {
        case NUMBER -> DoubleColumn.of(name, values);
        case INTEGER -> integers(name, values);
        case BOOLEAN -> booleans(name, values);
      };
    }

    private static Column integers(String name, double[] values) {
      BitSet missing = new BitSet();
      long[] integers = new long[values.length];
      for (int row = 0; row < values.length; row++) {
        missing.set(row, Double.isNaN(values[row]));
        integers[row] = (long) values[row];
      }
      return LongColumn.of(name, integers, missing);
    }

    private static Column booleans(String name, double[] values) {
      boolean[] booleans = new boolean[values.length];
      for (int row = 0; row < values.length; row++) {
        booleans[row] = values[row] != 0;
      }
      return BooleanColumn.of(name, booleans);
    }
  }

  /** A column of floating-point numbers. */
  public static FeatureColumn number(String name) {
    return new FeatureColumn(name, Type.NUMBER);
  }
}
