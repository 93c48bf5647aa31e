// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.BitSet;

/** Which rows of a column have no value. */
final class Missing {
  private Missing() {}

  /** Which of {@code rows} have none; row -1 has none. */
  static BitSet select(BitSet missing, int[] rows) {
    BitSet selected = new BitSet();
    for (int i = 0; i < rows.length; i++) {
      selected.set(i, rows[i] < 0 || missing.get(rows[i]));
    }
    return selected;
  }
}
