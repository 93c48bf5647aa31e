// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Elements of two bytes that are integers: int16 and uint16. */
abstract class ShortElements extends Elements {
  private static final VarHandle BITS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

  @Override
  public final void setInteger(byte[] bytes, int index, long value) {
    BITS.set(bytes, index * Short.BYTES, (short) value);
  }

  @Override
  public final int first(byte[] bytes, int from, int to, long id) {
    short wanted = (short) id;
    int index = from;
    while (index < to && (short) BITS.get(bytes, index * Short.BYTES) != wanted) {
      index++;
    }
    return index;
  }

  @Override
  public final int firstOther(byte[] bytes, int from, int to, long id) {
    short wanted = (short) id;
    int index = from;
    while (index < to && (short) BITS.get(bytes, index * Short.BYTES) == wanted) {
      index++;
    }
    return index;
  }

  static final class Signed extends ShortElements {
    private static short round(double value) {
      return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, (int) Math.rint(value)));
    }

    @Override
    public double value(byte[] bytes, int index) {
      return (short) BITS.get(bytes, index * Short.BYTES);
    }

    @Override
    public void set(byte[] bytes, int index, double value) {
      BITS.set(bytes, index * Short.BYTES, round(value));
    }

    @Override
    public long integer(byte[] bytes, int index) {
      return (short) BITS.get(bytes, index * Short.BYTES);
    }

    @Override
    public boolean holds(long value) {
      return value == (short) value;
    }

    @Override
    public void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = (short) BITS.get(bytes, (from + i) * Short.BYTES);
      }
    }

    @Override
    public void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        BITS.set(bytes, (to + i) * Short.BYTES, round(values[at + i]));
      }
    }
  }

  static final class Unsigned extends ShortElements {
    private static short round(double value) {
      return (short) Math.max(0, Math.min(0xFFFF, (int) Math.rint(value)));
    }

    @Override
    public double value(byte[] bytes, int index) {
      return (short) BITS.get(bytes, index * Short.BYTES) & 0xFFFF;
    }

    @Override
    public void set(byte[] bytes, int index, double value) {
      BITS.set(bytes, index * Short.BYTES, round(value));
    }

    @Override
    public long integer(byte[] bytes, int index) {
      return (short) BITS.get(bytes, index * Short.BYTES) & 0xFFFF;
    }

    @Override
    public boolean holds(long value) {
      return value == (value & 0xFFFF);
    }

    @Override
    public void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = (short) BITS.get(bytes, (from + i) * Short.BYTES) & 0xFFFF;
      }
    }

    @Override
    public void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        BITS.set(bytes, (to + i) * Short.BYTES, round(values[at + i]));
      }
    }
  }
}
