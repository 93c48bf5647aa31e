// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/** The grid positions of a box, in C order, each made when it is asked for. */
final class PositionList extends AbstractList<GridPosition> implements RandomAccess {
  private final Box range;
  private final Shape counts;
  private final int size;

  /**
   * @throws IllegalArgumentException if there are more than 2^31 - 1
   */
  PositionList(Box range) {
    this.range = range;
    this.counts = range.shape();
    try {
      this.size = Math.toIntExact(counts.elements());
    } catch (ArithmeticException overflow) {
      throw new IllegalArgumentException(
          "Too many chunks at once: positions " + range + " of the grid", overflow);
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public GridPosition get(int place) {
    long[] index = counts.index(Objects.checkIndex(place, size));
    for (int axis = 0; axis < index.length; axis++) {
      index[axis] += range.start(axis);
    }
    return GridPosition.of(index);
  }
}
