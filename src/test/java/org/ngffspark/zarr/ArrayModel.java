// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.util.SplittableRandom;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/** What an array should hold, kept element by element in the most obvious way. */
final class ArrayModel {
  private final NdArray content;

  ArrayModel(DataType type, Shape shape, FillValue fill) {
    this.content = NdArray.zeros(type, shape);
    for (long flat = 0; flat < shape.elements(); flat++) {
      set(content, flat, fill.bits());
    }
  }

  void write(Box box, NdArray patch) {
    for (long flat = 0; flat < patch.shape().elements(); flat++) {
      set(content, flatInArray(box, flat), element(patch, flat));
    }
  }

  NdArray read(Box box) {
    NdArray patch = NdArray.zeros(content.type(), box.shape());
    for (long flat = 0; flat < patch.shape().elements(); flat++) {
      set(patch, flat, element(content, flatInArray(box, flat)));
    }
    return patch;
  }

  NdArray whole() {
    return content;
  }

  private long flatInArray(Box box, long flatInBox) {
    long rest = flatInBox;
    long[] index = new long[box.rank()];
    for (int axis = box.rank() - 1; axis >= 0; axis--) {
      index[axis] = box.start(axis) + rest % box.length(axis);
      rest /= box.length(axis);
    }
    long flat = 0;
    for (int axis = 0; axis < index.length; axis++) {
      flat = flat * content.shape().get(axis) + index[axis];
    }
    return flat;
  }

  static long element(NdArray array, long flat) {
    int at = (int) flat * array.type().bytes();
    return switch (array.type().bytes()) {
      case 1 -> array.buffer().get(at) & 0xffL;
      case 2 -> array.buffer().getShort(at) & 0xffffL;
      case 4 -> array.buffer().getInt(at) & 0xffffffffL;
      default -> array.buffer().getLong(at);
    };
  }

  static void set(NdArray array, long flat, long bits) {
    int at = (int) flat * array.type().bytes();
    switch (array.type().bytes()) {
      case 1 -> array.buffer().put(at, (byte) bits);
      case 2 -> array.buffer().putShort(at, (short) bits);
      case 4 -> array.buffer().putInt(at, (int) bits);
      default -> array.buffer().putLong(at, bits);
    }
  }

  /** A box inside the shape, empty now and then. */
  static Box randomBox(SplittableRandom random, Shape shape) {
    long[] start = new long[shape.rank()];
    long[] stop = new long[shape.rank()];
    for (int axis = 0; axis < start.length; axis++) {
      start[axis] = random.nextLong(shape.get(axis) + 1);
      stop[axis] = start[axis] + random.nextLong(shape.get(axis) - start[axis] + 1);
    }
    return Box.of(start, stop);
  }

  /** Random elements; all the same, often zero or one, every third time. */
  static NdArray randomPatch(SplittableRandom random, DataType type, Shape shape) {
    NdArray patch = NdArray.zeros(type, shape);
    boolean constant = random.nextInt(3) == 0;
    int value = random.nextInt(2);
    for (long flat = 0; flat < shape.elements(); flat++) {
      long bits = constant ? FillValue.of(type, value).bits() : random.nextLong();
      set(patch, flat, type == DataType.BOOL ? bits & 1 : bits);
    }
    return patch;
  }
}
