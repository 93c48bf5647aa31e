// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/**
 * Floating point elements: float16, float32 and float64. NaN is always written with the same bits:
 * which of its many forms arithmetic gives differs from run to run.
 */
abstract class FloatElements extends Elements {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.nativeOrder());
  private static final VarHandle DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.nativeOrder());

  @Override
  public final long integer(byte[] bytes, int index) {
    return (long) value(bytes, index);
  }

  @Override
  public final void setInteger(byte[] bytes, int index, long value) {
    set(bytes, index, (double) value);
  }

  @Override
  public final boolean holds(long value) {
    byte[] one = new byte[Double.BYTES];
    setInteger(one, 0, value);
    return integer(one, 0) == value && value != Long.MAX_VALUE;
  }

  @Override
  public final int first(byte[] bytes, int from, int to, long id) {
    throw new UnsupportedOperationException("Label ids are integers");
  }

  @Override
  public final int firstOther(byte[] bytes, int from, int to, long id) {
    throw new UnsupportedOperationException("Label ids are integers");
  }

  static final class Binary16 extends FloatElements {
    @Override
    public double value(byte[] bytes, int index) {
      return Float16.toDouble((short) SHORTS.get(bytes, index * Short.BYTES));
    }

    @Override
    public void set(byte[] bytes, int index, double value) {
      SHORTS.set(bytes, index * Short.BYTES, Float16.ofDouble(value));
    }

    @Override
    public void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = Float16.toDouble((short) SHORTS.get(bytes, (from + i) * Short.BYTES));
      }
    }

    @Override
    public void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        SHORTS.set(bytes, (to + i) * Short.BYTES, Float16.ofDouble(values[at + i]));
      }
    }
  }

  static final class Binary32 extends FloatElements {
    @Override
    public double value(byte[] bytes, int index) {
      return (float) FLOATS.get(bytes, index * Float.BYTES);
    }

    @Override
    public void set(byte[] bytes, int index, double value) {
      INTS.set(bytes, index * Float.BYTES, Float.floatToIntBits((float) value));
    }

    @Override
    public void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = (float) FLOATS.get(bytes, (from + i) * Float.BYTES);
      }
    }

    @Override
    public void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        INTS.set(bytes, (to + i) * Float.BYTES, Float.floatToIntBits((float) values[at + i]));
      }
    }
  }

  static final class Binary64 extends FloatElements {
    @Override
    public double value(byte[] bytes, int index) {
      return (double) DOUBLES.get(bytes, index * Double.BYTES);
    }

    @Override
    public void set(byte[] bytes, int index, double value) {
      LONGS.set(bytes, index * Double.BYTES, Double.doubleToLongBits(value));
    }

    @Override
    public void read(byte[] bytes, int from, int count, double[] into, int at) {
      buffer(bytes).position(from).get(into, at, count);
    }

    @Override
    public void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        LONGS.set(bytes, (to + i) * Double.BYTES, Double.doubleToLongBits(values[at + i]));
      }
    }

    private static DoubleBuffer buffer(byte[] bytes) {
      return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asDoubleBuffer();
    }
  }
}
