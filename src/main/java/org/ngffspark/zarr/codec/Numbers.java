// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.nio.ByteBuffer;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Float16;
import org.ngffspark.zarr.nd.NumpyType;

/**
 * The elements of a stretch of bytes as numbers. A value that the type cannot hold is cast as C
 * casts it: integers keep their low bits, fractions are cut off.
 */
final class Numbers {
  private static final double TWO_TO_63 = 0x1p63;

  private final ByteBuffer bytes;
  private final DataType type;
  private final int width;

  Numbers(byte[] array, int offset, int length, NumpyType type) {
    this.bytes = ByteBuffer.wrap(array, offset, length).slice().order(type.order());
    this.type = type.type();
    this.width = type.width();
  }

  Numbers(ByteSpan span, NumpyType type) {
    this(span.array(), span.offset(), span.length(), type);
  }

  int count() {
    return bytes.capacity() / width;
  }

  /** An element of an integer type; the bits of unsigned ones above 2^63. */
  long integer(int index) {
    int at = index * width;
    return switch (type) {
      case BOOL, INT8 -> bytes.get(at);
      case UINT8 -> Byte.toUnsignedInt(bytes.get(at));
      case INT16 -> bytes.getShort(at);
      case UINT16 -> Short.toUnsignedInt(bytes.getShort(at));
      case INT32 -> bytes.getInt(at);
      case UINT32 -> Integer.toUnsignedLong(bytes.getInt(at));
      case INT64, UINT64 -> bytes.getLong(at);
      default -> (long) real(index);
    };
  }

  double real(int index) {
    int at = index * width;
    return switch (type) {
      case FLOAT16 -> Float16.toDouble(bytes.getShort(at));
      case FLOAT32 -> bytes.getFloat(at);
      case FLOAT64 -> bytes.getDouble(at);
      case UINT64 -> unsigned(bytes.getLong(at));
      default -> integer(index);
    };
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : (double) (bits >>> 1 | bits & 1) * 2;
  }

  void put(int index, long value) {
    int at = index * width;
    switch (type) {
      case BOOL -> bytes.put(at, (byte) (value == 0 ? 0 : 1));
      case INT8, UINT8 -> bytes.put(at, (byte) value);
      case INT16, UINT16 -> bytes.putShort(at, (short) value);
      case INT32, UINT32 -> bytes.putInt(at, (int) value);
      case INT64, UINT64 -> bytes.putLong(at, value);
      case FLOAT16 -> bytes.putShort(at, Float16.ofDouble(value));
      case FLOAT32 -> bytes.putFloat(at, (float) value);
      case FLOAT64 -> bytes.putDouble(at, value);
    }
  }

  void put(int index, double value) {
    int at = index * width;
    switch (type) {
      case BOOL -> bytes.put(at, (byte) (value == 0 ? 0 : 1));
      case FLOAT16 -> bytes.putShort(at, Float16.ofDouble(value));
      case FLOAT32 -> bytes.putFloat(at, (float) value);
      case FLOAT64 -> bytes.putDouble(at, value);
      case UINT64 -> bytes.putLong(at, unsigned(value));
      default -> put(index, (long) value);
    }
  }

  private static long unsigned(double value) {
    return value < TWO_TO_63 ? (long) value : (long) (value - TWO_TO_63) ^ Long.MIN_VALUE;
  }

  /** Casts an element of another stretch. */
  void put(int index, Numbers other, int from) {
    if (other.type.isFloat() || (other.type == DataType.UINT64 && type.isFloat())) {
      put(index, other.real(from));
    } else {
      put(index, other.integer(from));
    }
  }

  /** Room for one element. */
  static Numbers one(NumpyType type) {
    return new Numbers(new byte[type.width()], 0, type.width(), type);
  }

  String text(int index) {
    if (type.isFloat()) {
      return Double.toString(real(index));
    }
    return type == DataType.UINT64
        ? Long.toUnsignedString(integer(index))
        : Long.toString(integer(index));
  }

  /** Whether an element is that value, but for {@code step} and what its type rounds. */
  boolean isNear(int index, double value, double step) {
    double own = real(index);
    double size = Math.abs(value);
    double rounding =
        switch (type) {
          case FLOAT16 -> Math.max(size * 0x1p-11, 0x1p-25);
          case FLOAT32 -> Math.max(size * 0x1p-24, 0x1p-150);
          default -> size * 0x1p-52;
        };
    return Double.compare(own, value) == 0
        || (size < Double.POSITIVE_INFINITY && Math.abs(own - value) <= Math.max(step, rounding));
  }

  /** What a type of floating-point numbers makes of a value. */
  static double rounded(DataType type, double value) {
    return switch (type) {
      case FLOAT16 -> Float16.toDouble(Float16.ofDouble(value));
      case FLOAT32 -> (float) value;
      default -> value;
    };
  }
}
