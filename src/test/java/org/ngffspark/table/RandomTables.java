// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/** Tables of random columns, values and missing values. */
final class RandomTables {
  private static final String[] TEXTS = {
    "", "5", "a", "true", "ä,ö", "\"", "\"\"", "line\nend", "\r\n", "NaN", " ", "plate", "𝛼"
  };

  private final SplittableRandom random;

  RandomTables(SplittableRandom random) {
    this.random = random;
  }

  /** A table with an index of distinct strings. Where it has rows, no column is all missing. */
  Table next(int rows) {
    String[] ids = new String[rows];
    for (int row = 0; row < rows; row++) {
      ids[row] = "id " + row;
    }
    List<Column> columns = new ArrayList<>();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      columns.add(column("column " + i, rows));
    }
    return Table.of(StringColumn.of("FieldIndex", ids), columns);
  }

  private Column column(String name, int rows) {
    BitSet missing = missing(rows);
    return switch (random.nextInt(4)) {
      case 0 -> longs(name, rows, missing);
      case 1 -> doubles(name, rows, missing);
      case 2 -> booleans(name, rows, missing);
      default -> strings(name, rows, missing);
    };
  }

  private BitSet missing(int rows) {
    BitSet missing = new BitSet();
    boolean some = random.nextBoolean();
    for (int row = 1; row < rows && some; row++) {
      missing.set(row, random.nextInt(4) == 0);
    }
    return missing;
  }

  private LongColumn longs(String name, int rows, BitSet missing) {
    long[] values = new long[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = random.nextLong() >> random.nextInt(64);
    }
    return LongColumn.wrap(name, values, missing);
  }

  private DoubleColumn doubles(String name, int rows, BitSet missing) {
    double[] values = new double[rows];
    for (int row = 0; row < rows; row++) {
      double value = Math.scalb(random.nextDouble(-1, 1), random.nextInt(-1000, 1000));
      values[row] = missing.get(row) ? Double.NaN : value;
    }
    return DoubleColumn.wrap(name, values);
  }

  private BooleanColumn booleans(String name, int rows, BitSet missing) {
    BitSet values = new BitSet();
    for (int row = 0; row < rows; row++) {
      values.set(row, random.nextBoolean());
    }
    return BooleanColumn.wrap(name, rows, values, missing);
  }

  private StringColumn strings(String name, int rows, BitSet missing) {
    String[] values = new String[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = missing.get(row) ? null : TEXTS[random.nextInt(TEXTS.length)];
    }
    return StringColumn.wrap(name, values);
  }
}
