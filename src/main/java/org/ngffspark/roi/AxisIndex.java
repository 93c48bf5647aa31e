// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.util.function.IntUnaryOperator;

/**
 * For every index along one axis of a patch the index in the label block that was read for it, or
 * {@link #NONE} where the label says nothing. Immutable.
 */
public final class AxisIndex {
  /** No label there. */
  public static final int NONE = -1;

  private static final int[] NO_TABLE = {};

  private final int length;
  private final int first;
  private final int step;
  private final int[] table;

  private AxisIndex(int length, int first, int step, int[] table) {
    this.length = length;
    this.first = first;
    this.step = step;
    this.table = table;
  }

  /** Index o for every o. */
  static AxisIndex identity(int length) {
    return new AxisIndex(length, 0, 1, NO_TABLE);
  }

  /** The same index everywhere. */
  static AxisIndex constant(int length, int index) {
    return new AxisIndex(length, index, 0, NO_TABLE);
  }

  static AxisIndex table(int length, IntUnaryOperator index) {
    int[] table = new int[length];
    for (int o = 0; o < length; o++) {
      table[o] = index.applyAsInt(o);
    }
    return new AxisIndex(length, 0, 0, table);
  }

  /** Pixels of the patch along the axis. */
  public int length() {
    return length;
  }

  /** Index in the label block for an index of the patch, or {@link #NONE}. */
  public int at(int index) {
    return table.length == 0 ? first + index * step : table[index];
  }

  /** Whether patch and label block have the same pixels along the axis. */
  public boolean isIdentity() {
    return step == 1;
  }
}
