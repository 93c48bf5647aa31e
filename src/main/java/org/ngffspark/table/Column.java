// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.io.Serializable;

/**
 * One named column of a {@link Table}: integers, floating-point numbers, booleans or strings, each
 * of which may be missing. Immutable.
 */
public sealed interface Column extends Serializable
    permits BooleanColumn, DoubleColumn, LongColumn, StringColumn {

  String name();

  /** The number of rows, missing values included. */
  int size();

  boolean isMissing(int row);

  /** The value as text, numbers as Java writes them; empty where it is missing. */
  String text(int row);

  /** The same values under another name. */
  Column named(String newName);

  /** The values of {@code rows}, in that order, repeated where a row is; missing for row -1. */
  Column select(int[] rows);
}
