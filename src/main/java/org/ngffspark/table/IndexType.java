// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

/** The type of an index column, as the attribute {@code index_type} names it. */
enum IndexType {
  INT("int"),
  STR("str");

  private final String attribute;

  IndexType(String attribute) {
    this.attribute = attribute;
  }

  static IndexType of(Column index) {
    return index instanceof LongColumn ? INT : STR;
  }

  String attribute() {
    return attribute;
  }

  /** The column as this type. */
  Column convert(String location, Column column) {
    return this == INT
        ? new ColumnConversion(location).longs(column)
        : ColumnConversion.strings(column);
  }
}
