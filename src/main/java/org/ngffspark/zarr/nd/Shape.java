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

  /** No length above that of another shape of the same rank, and none below 1. */
  public Shape cutTo(Shape limit) {
    long[] cut = lengths.clone();
    for (int axis = 0; axis < cut.length; axis++) {
      cut[axis] = Math.max(1, Math.min(cut[axis], limit.lengths[axis]));
    }
    return new Shape(cut);
  }

  /** Elements to skip for a step along each axis of an array in C order. */
  public long[] strides() {
    long[] strides = new long[lengths.length];
    long stride = 1;
    for (int axis = lengths.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= lengths[axis];
    }
    return strides;
  }

  /**
   * The flat index of an element in C order: the last axis runs fastest.
   *
   * @param index one number per axis
   * @throws IllegalArgumentException if there are more or fewer numbers than axes
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public long flatIndex(long... index) {
    if (index.length != lengths.length) {
      throw new IllegalArgumentException(
          "An element of shape "
              + this
              + " has an index of "
              + lengths.length
              + " numbers, got "
              + Arrays.toString(index));
    }
    long flat = 0;
    for (int axis = 0; axis < index.length; axis++) {
      if (index[axis] < 0 || index[axis] >= lengths[axis]) {
        throw new IndexOutOfBoundsException(
            "No element " + Arrays.toString(index) + " in shape " + this);
      }
      flat = flat * lengths[axis] + index[axis];
    }
    return flat;
  }

  /** The index per axis of an element; undoes {@link #flatIndex}. */
  public long[] index(long flatIndex) {
    long[] index = new long[lengths.length];
    long rest = flatIndex;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % lengths[axis];
      rest /= lengths[axis];
    }
    return index;
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
