// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.resample;

import java.nio.ByteBuffer;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Neighbouring elements of an array as doubles, and back as scipy's zoom rounds them: half away
 * from zero, capped at the type's range. One loop per type, so that no element costs a call. NaN is
 * always written with the same bits: which of its many forms arithmetic gives differs from run to
 * run.
 */
final class ElementRow {
  private static final double TWO_TO_63 = 0x1p63;
  private static final double TWO_TO_64 = 0x1p64;

  private ElementRow() {}

  /** Reads {@code count} elements from {@code offset} on into the start of {@code row}. */
  static void read(NdArray array, int offset, int count, double[] row) {
    ByteBuffer bytes = array.buffer();
    switch (array.type()) {
      case BOOL -> {
        for (int i = 0; i < count; i++) {
          row[i] = bytes.get(offset + i) == 0 ? 0 : 1;
        }
      }
      case INT8 -> {
        for (int i = 0; i < count; i++) {
          row[i] = bytes.get(offset + i);
        }
      }
      case UINT8 -> {
        for (int i = 0; i < count; i++) {
          row[i] = bytes.get(offset + i) & 0xff;
        }
      }
      case INT16 -> {
        for (int i = 0; i < count; i++) {
          row[i] = bytes.getShort(2 * (offset + i));
        }
      }
      case UINT16 -> {
        for (int i = 0; i < count; i++) {
          row[i] = bytes.getShort(2 * (offset + i)) & 0xffff;
        }
      }
      case INT32 -> {
        for (int i = 0; i < count; i++) {
          row[i] = bytes.getInt(4 * (offset + i));
        }
      }
      case UINT32 -> {
        for (int i = 0; i < count; i++) {
          row[i] = bytes.getInt(4 * (offset + i)) & 0xffffffffL;
        }
      }
      case INT64 -> {
        for (int i = 0; i < count; i++) {
          row[i] = bytes.getLong(8 * (offset + i));
        }
      }
      case UINT64 -> {
        for (int i = 0; i < count; i++) {
          row[i] = unsigned(bytes.getLong(8 * (offset + i)));
        }
      }
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          row[i] = bytes.getFloat(4 * (offset + i));
        }
      }
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          row[i] = bytes.getDouble(8 * (offset + i));
        }
      }
      case FLOAT16 -> throw new IllegalArgumentException("No level is made of float16 images");
    }
  }

  /** Writes the first {@code count} values of {@code row} from element {@code offset} on. */
  static void write(double[] row, int count, NdArray array, int offset) {
    ByteBuffer bytes = array.buffer();
    switch (array.type()) {
      case BOOL -> {
        for (int i = 0; i < count; i++) {
          bytes.put(offset + i, (byte) (row[i] >= 1 ? 1 : 0));
        }
      }
      case INT8 -> {
        for (int i = 0; i < count; i++) {
          bytes.put(
              offset + i,
              (byte) Math.min(Math.max(signed(row[i]), Byte.MIN_VALUE), Byte.MAX_VALUE));
        }
      }
      case UINT8 -> {
        for (int i = 0; i < count; i++) {
          bytes.put(offset + i, (byte) Math.min(positive(row[i]), 0xff));
        }
      }
      case INT16 -> {
        for (int i = 0; i < count; i++) {
          bytes.putShort(
              2 * (offset + i),
              (short) Math.min(Math.max(signed(row[i]), Short.MIN_VALUE), Short.MAX_VALUE));
        }
      }
      case UINT16 -> {
        for (int i = 0; i < count; i++) {
          bytes.putShort(2 * (offset + i), (short) Math.min(positive(row[i]), 0xffff));
        }
      }
      case INT32 -> {
        for (int i = 0; i < count; i++) {
          bytes.putInt(4 * (offset + i), (int) signed(row[i]));
        }
      }
      case UINT32 -> {
        for (int i = 0; i < count; i++) {
          bytes.putInt(4 * (offset + i), (int) Math.min(positive(row[i]), 0xffffffffL));
        }
      }
      case INT64 -> {
        for (int i = 0; i < count; i++) {
          bytes.putLong(8 * (offset + i), signed(row[i]));
        }
      }
      case UINT64 -> {
        for (int i = 0; i < count; i++) {
          bytes.putLong(8 * (offset + i), unsigned(row[i]));
        }
      }
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          bytes.putInt(4 * (offset + i), Float.floatToIntBits((float) row[i]));
        }
      }
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          bytes.putLong(8 * (offset + i), Double.doubleToLongBits(row[i]));
        }
      }
      case FLOAT16 -> throw new IllegalArgumentException("No level is made of float16 images");
    }
  }

  private static double unsigned(long bits) {
    // The lost bit is kept sticky, so that halving and doubling round once.
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }

  private static long unsigned(double value) {
    double rounded = value > 0 ? value + 0.5 : 0;
    if (rounded >= TWO_TO_64) {
      return -1L;
    }
    return rounded < TWO_TO_63 ? (long) rounded : (long) (rounded - TWO_TO_63) + Long.MIN_VALUE;
  }

  private static long positive(double value) {
    return value > 0 ? (long) (value + 0.5) : 0;
  }

  private static long signed(double value) {
    return (long) (value > 0 ? value + 0.5 : value - 0.5);
  }
}
