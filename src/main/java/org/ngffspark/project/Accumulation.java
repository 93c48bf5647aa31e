// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.project;

import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Elements;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * A projection of pixels that come slab by slab. Numbers are doubles: integers of 64 bits beyond
 * 2^53 are rounded, but for the largest and smallest of them. Squared distances from the mean grow
 * by the method of Welford (Technometrics 4, 1962), which is stable.
 */
final class Accumulation {
  private final Projection method;
  private final DataType type;
  private final Shape shape;
  private final int axis;
  private final double[] sums;
  private final double[] squares;
  private final double[] values;
  private final long[] integers;
  private long count;

  /**
   * @param shape of the result, 1 on the axis
   */
  Accumulation(Projection method, DataType type, Shape shape, int axis) {
    this.method = method;
    this.type = type;
    this.shape = shape;
    this.axis = axis;
    int length = Math.toIntExact(shape.elements());
    boolean exact = isExact();
    this.sums = new double[exact ? 0 : length];
    this.squares = new double[method == Projection.STD ? length : 0];
    this.values = new double[exact ? 0 : length];
    this.integers = new long[exact ? length : 0];
  }

  /** Doubles do not hold all integers of 64 bits. */
  private boolean isExact() {
    boolean extreme = method == Projection.MAX || method == Projection.MIN;
    return extreme && type.isInteger() && type.bytes() == Long.BYTES;
  }

  /**
   * @param slab as long as the result on all other axes
   */
  void add(NdArray slab) {
    Box all = Box.whole(slab.shape());
    for (long at = 0; at < slab.shape().get(axis); at++) {
      byte[] plane = slab.cut(all.with(axis, at, at + 1)).bytes();
      count++;
      if (isExact()) {
        addIntegers(plane);
      } else {
        Elements.of(type).read(plane, 0, values.length, values, 0);
        addValues();
      }
    }
  }

  private void addIntegers(byte[] plane) {
    Elements elements = Elements.of(type);
    int sign = method == Projection.MAX ? 1 : -1;
    boolean signed = type == DataType.INT64;
    for (int i = 0; i < integers.length; i++) {
      long value = elements.integer(plane, i);
      int order =
          signed ? Long.compare(value, integers[i]) : Long.compareUnsigned(value, integers[i]);
      integers[i] = count == 1 || sign * order > 0 ? value : integers[i];
    }
  }

  private void addValues() {
    if (method == Projection.STD) {
      addDistances();
    } else if (count == 1) {
      System.arraycopy(values, 0, sums, 0, sums.length);
    } else {
      for (int i = 0; i < sums.length; i++) {
        sums[i] = method.plus(sums[i], values[i]);
      }
    }
  }

  /** Here the sums are means. */
  private void addDistances() {
    for (int i = 0; i < sums.length; i++) {
      double distance = values[i] - sums[i];
      sums[i] += distance / count;
      squares[i] += distance * (values[i] - sums[i]);
    }
  }

  NdArray result() {
    NdArray result = NdArray.zeros(type, shape);
    Elements elements = Elements.of(type);
    for (int i = 0; i < integers.length; i++) {
      elements.setInteger(result.bytes(), i, integers[i]);
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = method.result(sums[i], squares.length == 0 ? 0 : squares[i], count, type);
    }
    elements.write(result.bytes(), 0, sums.length, sums, 0);
    return result;
  }
}
