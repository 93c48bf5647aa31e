// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.resample;

import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/** The pyramid rule of the whole array as it is written down, one element at a time. */
public final class SlowPyramid {
  private SlowPyramid() {}

  static NdArray nearest(NdArray source, Shape shape) {
    NdArray target = NdArray.zeros(source.type(), shape);
    for (int flat = 0; flat < shape.elements(); flat++) {
      long[] index = unravel(flat, shape);
      for (int axis = 0; axis < index.length; axis++) {
        double ratio = (double) source.shape().get(axis) / shape.get(axis);
        index[axis] = (long) Math.floor((((index[axis] + 0.5) * ratio) - 0.5) + 0.5);
      }
      int width = source.type().bytes();
      System.arraycopy(
          source.bytes(),
          ravel(index, source.shape()) * width,
          target.bytes(),
          flat * width,
          width);
    }
    return target;
  }

  static NdArray linear(NdArray source, Shape shape) {
    NdArray target = NdArray.zeros(source.type(), shape);
    for (int flat = 0; flat < shape.elements(); flat++) {
      double t = 0;
      for (int corner = 0; corner < 1 << shape.rank(); corner++) {
        t += term(source, shape, unravel(flat, shape), corner);
      }
      write(target, flat, t);
    }
    return target;
  }

  /** One corner; the first axis is the highest bit. Corners that do not exist count 0. */
  private static double term(NdArray source, Shape shape, long[] index, int corner) {
    double[] weights = new double[index.length];
    for (int axis = 0; axis < index.length; axis++) {
      boolean right = (corner >> (index.length - 1 - axis) & 1) == 1;
      long nIn = source.shape().get(axis);
      if (nIn == shape.get(axis)) {
        weights[axis] = 1;
        if (right) {
          return 0;
        }
        continue;
      }
      double c = ((index[axis] + 0.5) * (nIn / (double) shape.get(axis))) - 0.5;
      double w1 = c - Math.floor(c);
      index[axis] = (long) Math.floor(c) + (right ? 1 : 0);
      weights[axis] = right ? w1 : 1.0 - w1;
      if (index[axis] < 0 || index[axis] >= nIn) {
        return 0;
      }
    }
    double product = read(source, ravel(index, source.shape()));
    for (double weight : weights) {
      product *= weight;
    }
    return product;
  }

  static double read(NdArray array, int i) {
    java.nio.ByteBuffer bytes = array.buffer();
    return switch (array.type()) {
      case BOOL -> bytes.get(i) == 0 ? 0 : 1;
      case INT8 -> bytes.get(i);
      case UINT8 -> Byte.toUnsignedInt(bytes.get(i));
      case INT16 -> bytes.getShort(2 * i);
      case UINT16 -> Short.toUnsignedInt(bytes.getShort(2 * i));
      case INT32 -> bytes.getInt(4 * i);
      case UINT32 -> Integer.toUnsignedLong(bytes.getInt(4 * i));
      case INT64 -> bytes.getLong(8 * i);
      case UINT64 ->
          new java.math.BigDecimal(Long.toUnsignedString(bytes.getLong(8 * i))).doubleValue();
      case FLOAT32 -> bytes.getFloat(4 * i);
      case FLOAT64 -> bytes.getDouble(8 * i);
      case FLOAT16 -> throw new AssertionError();
    };
  }

  private static void write(NdArray array, int i, double t) {
    java.nio.ByteBuffer bytes = array.buffer();
    double rounded = t;
    if (array.type().kind() == DataType.Kind.UNSIGNED) {
      rounded = t > 0 ? Math.floor(t + 0.5) : 0;
    } else if (array.type().kind() == DataType.Kind.SIGNED) {
      rounded = t > 0 ? Math.floor(t + 0.5) : Math.ceil(t - 0.5);
    }
    switch (array.type()) {
      case BOOL -> bytes.put(i, (byte) (t >= 1 ? 1 : 0));
      case INT8, UINT8 -> bytes.put(i, (byte) (int) rounded);
      case INT16, UINT16 -> bytes.putShort(2 * i, (short) (int) rounded);
      case INT32, UINT32 -> bytes.putInt(4 * i, (int) (long) rounded);
      case INT64 -> bytes.putLong(8 * i, (long) rounded);
      case UINT64 ->
          bytes.putLong(
              8 * i,
              new java.math.BigDecimal(rounded)
                  .toBigInteger()
                  .min(java.math.BigInteger.TWO.pow(64).subtract(java.math.BigInteger.ONE))
                  .longValue());
      case FLOAT32 -> bytes.putFloat(4 * i, Double.isNaN(t) ? Float.NaN : (float) t);
      case FLOAT64 -> bytes.putDouble(8 * i, Double.isNaN(t) ? Double.NaN : t);
      case FLOAT16 -> throw new AssertionError();
    }
  }

  public static long[] unravel(int flat, Shape shape) {
    long[] index = new long[shape.rank()];
    long rest = flat;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.get(axis);
      rest /= shape.get(axis);
    }
    return index;
  }

  public static int ravel(long[] index, Shape shape) {
    long flat = 0;
    for (int axis = 0; axis < index.length; axis++) {
      flat = flat * shape.get(axis) + index[axis];
    }
    return (int) flat;
  }
}
