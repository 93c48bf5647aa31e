// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Elements of four bytes that are integers: int32 and uint32. */
abstract class IntElements extends Elements {
  private static final VarHandle BITS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  @Override
  public final void setInteger(byte[] bytes, int index, long value) {
    BITS.set(bytes, index * Integer.BYTES, (int) value);
  }

  @Override
  public final int first(byte[] bytes, int from, int to, long id) {
    int wanted = (int) id;
    int index = from;
    while (index < to && (int) BITS.get(bytes, index * Integer.BYTES) != wanted) {
      index++;
    }
    return index;
  }

  @Override
  public final int firstOther(byte[] bytes, int from, int to, long id) {
    int wanted = (int) id;
    int index = from;
    while (index < to && (int) BITS.get(bytes, index * Integer.BYTES) == wanted) {
      index++;
    }
    return index;
  }

  static final class Signed extends IntElements {
    @Override
    public double value(byte[] bytes, int index) {
      return (int) BITS.get(bytes, index * Integer.BYTES);
    }

    @Override
    public void set(byte[] bytes, int index, double value) {
      BITS.set(bytes, index * Integer.BYTES, (int) Math.rint(value));
    }

    @Override
    public long integer(byte[] bytes, int index) {
      return (int) BITS.get(bytes, index * Integer.BYTES);
    }

    @Override
    public boolean holds(long value) {
      return value == (int) value;
    }

    @Override
    public void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = (int) BITS.get(bytes, (from + i) * Integer.BYTES);
      }
    }

    @Override
    public void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        BITS.set(bytes, (to + i) * Integer.BYTES, (int) Math.rint(values[at + i]));
      }
    }
  }

  static final class Unsigned extends IntElements {
    private static final long MAX = 0xFFFFFFFFL;

    private static int round(double value) {
      return (int) Math.max(0, Math.min(MAX, (long) Math.rint(value)));
    }

    @Override
    public double value(byte[] bytes, int index) {
      return integer(bytes, index);
    }

    @Override
    public void set(byte[] bytes, int index, double value) {
      BITS.set(bytes, index * Integer.BYTES, round(value));
    }

    @Override
    public long integer(byte[] bytes, int index) {
      return (int) BITS.get(bytes, index * Integer.BYTES) & 0xFFFFFFFFL;
    }

    @Override
    public boolean holds(long value) {
      return value == (value & 0xFFFFFFFFL);
    }

    @Override
    public void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = (int) BITS.get(bytes, (from + i) * Integer.BYTES) & 0xFFFFFFFFL;
      }
    }

    @Override
    public void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        BITS.set(bytes, (to + i) * Integer.BYTES, round(values[at + i]));
      }
    }
  }
}
