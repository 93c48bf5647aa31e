// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.BitSet;

/**
 * Finds the narrowest type that holds all fields of one column, then fills it. To be called for
 * each field in order: {@link #observe}, then {@link #allocate}, then {@link #add} for each again.
 */
final class CsvColumn {

  private enum Kind {
    UNKNOWN,
    LONG,
    DOUBLE,
    BOOLEAN,
    STRING;

    Kind or(Kind other) {
      if (this == other || other == UNKNOWN) {
        return this;
      }
      boolean numbers = (this == LONG || this == DOUBLE) && (other == LONG || other == DOUBLE);
      return this == UNKNOWN ? other : numbers ? DOUBLE : STRING;
    }
  }

  private final String name;
  private Kind kind = Kind.UNKNOWN;
  private long[] longs = {};
  private double[] doubles = {};
  private String[] strings = {};
  private final BitSet booleans = new BitSet();
  private final BitSet missing = new BitSet();
  private int rows;

  CsvColumn(String name) {
    this.name = name;
  }

  /** Widens the type so that it holds this field. */
  void observe(String field, boolean quoted) {
    if (kind != Kind.STRING) {
      kind = kind.or(kindOf(field, quoted));
    }
  }

  private static Kind kindOf(String field, boolean quoted) {
    if (quoted) {
      return Kind.STRING;
    }
    return switch (field) {
      case "" -> Kind.UNKNOWN;
      case "true", "True", "TRUE", "false", "False", "FALSE" -> Kind.BOOLEAN;
      default -> numberKind(field);
    };
  }

  private static Kind numberKind(String field) {
    if (Numbers.parseLong(field).isPresent()) {
      return Kind.LONG;
    }
    boolean isDouble = Numbers.parseDouble(field).isPresent() || isMissingNumber(field);
    return isDouble ? Kind.DOUBLE : Kind.STRING;
  }

  /** How other tools write that a number is missing, besides nothing at all. */
  private static boolean isMissingNumber(String field) {
    return switch (field) {
      case "nan", "NaN", "-nan", "-NaN", "NA", "N/A", "n/a", "#N/A", "null", "NULL" -> true;
      default -> false;
    };
  }

  void allocate(int size) {
    switch (kind) {
      case LONG -> longs = new long[size];
      case DOUBLE, UNKNOWN -> doubles = new double[size];
      case STRING -> strings = new String[size];
      case BOOLEAN -> booleans.clear();
    }
  }

  void add(String field, boolean quoted) {
    int row = rows++;
    boolean none = field.isEmpty() && !quoted;
    missing.set(row, none);
    switch (kind) {
      case LONG -> longs[row] = Numbers.parseLong(field).orElse(0);
      case DOUBLE, UNKNOWN -> doubles[row] = Numbers.parseDouble(field).orElse(Double.NaN);
      case BOOLEAN -> booleans.set(row, !none && "tT".indexOf(field.charAt(0)) >= 0);
      case STRING -> strings[row] = none ? null : field;
    }
  }

  Column build() {
    return switch (kind) {
      case LONG -> LongColumn.wrap(name, longs, missing);
      case DOUBLE, UNKNOWN -> DoubleColumn.wrap(name, doubles);
      case BOOLEAN -> BooleanColumn.wrap(name, rows, booleans, missing);
      case STRING -> StringColumn.wrap(name, strings);
    };
  }
}
