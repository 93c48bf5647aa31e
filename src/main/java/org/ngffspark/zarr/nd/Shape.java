// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Lengths per axis, in elements, in the order of the axes on disk. Immutable; may have no axes. */
public final class Shape implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] lengths;

  private Shape(long[] lengths) {
    this.lengths = lengths;
  }

  /**
   * @throws IllegalArgumentException if a length is negative
   */
  public static Shape of(long... lengths) {
    for (long length : lengths) {
      if (length < 0) {
        throw new IllegalArgumentException(
            "Shape must not have negative lengths, got " + Arrays.toString(lengths));
      }
    }
    return new Shape(lengths.clone());
  }

  public int rank() {
    return lengths.length;
  }

  public long get(int axis) {
    return lengths[axis];
  }

  /** A copy of the lengths. */
  public long[] toArray() {
    return lengths.clone();
  }

  /**
   * The number of elements.
   *
   * @throws ArithmeticException if it exceeds 63 bits
   */
  public long elements() {
    long product = 1;
    for (long length : lengths) {
      product = Math.multiplyExact(product, length);
    }
    return product;
  }

  /** This shape with another length on one axis. */
  public Shape with(int axis, long length) {
    long[] copy = lengths.clone();
    copy[axis] = length;
    return of(copy);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(lengths, shape.lengths);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(lengths);
  }

  /** As in error messages: {@code [3, 1, 2160, 2560]}. */
  @Override
  public String toString() {
    return Arrays.stream(lengths)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
