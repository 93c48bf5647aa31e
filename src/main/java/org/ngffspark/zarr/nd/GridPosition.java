// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The index of a chunk or shard in its grid, one number per axis. Immutable, ordered as in C order.
 */
public final class GridPosition implements Comparable<GridPosition>, Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] index;

  private GridPosition(long[] index) {
    this.index = index;
  }

  public static GridPosition of(long... index) {
    return new GridPosition(index.clone());
  }

  public int rank() {
    return index.length;
  }

  public long get(int axis) {
    return index[axis];
  }

  /** A copy of the numbers. */
  public long[] toArray() {
    return index.clone();
  }

  /** The numbers joined by {@code separator}, as chunk keys write them: {@code 0/1/2}. */
  public String join(String separator) {
    return Arrays.stream(index).mapToObj(Long::toString).collect(Collectors.joining(separator));
  }

  @Override
  public int compareTo(GridPosition other) {
    return Arrays.compare(index, other.index);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GridPosition position && Arrays.equals(index, position.index);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(index);
  }

  @Override
  public String toString() {
    return "(" + join(", ") + ")";
  }
}
