// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Elements of eight bytes that are integers: int64 and uint64. */
abstract class LongElements extends Elements {
  private static final VarHandle BITS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  @Override
  public final void setInteger(byte[] bytes, int index, long value) {
    BITS.set(bytes, index * Long.BYTES, value);
  }

  @Override
  public final long integer(byte[] bytes, int index) {
    return (long) BITS.get(bytes, index * Long.BYTES);
  }

  @Override
  public final boolean holds(long value) {
    return true;
  }

  @Override
  public final int first(byte[] bytes, int from, int to, long id) {
    long wanted = id;
    int index = from;
    while (index < to && (long) BITS.get(bytes, index * Long.BYTES) != wanted) {
      index++;
    }
    return index;
  }

  @Override
  public final int firstOther(byte[] bytes, int from, int to, long id) {
    long wanted = id;
    int index = from;
    while (index < to && (long) BITS.get(bytes, index * Long.BYTES) == wanted) {
      index++;
    }
    return index;
  }

  static final class Signed extends LongElements {
    @Override
    public double value(byte[] bytes, int index) {
      return (long) BITS.get(bytes, index * Long.BYTES);
    }

    @Override
    public void set(byte[] bytes, int index, double value) {
      BITS.set(bytes, index * Long.BYTES, (long) Math.rint(value));
    }

    @Override
    public void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = (long) BITS.get(bytes, (from + i) * Long.BYTES);
      }
    }

    @Override
    public void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        BITS.set(bytes, (to + i) * Long.BYTES, (long) Math.rint(values[at + i]));
      }
    }
  }

  static final class Unsigned extends LongElements {
    private static final double TWO_63 = 0x1p63;

    /** The double nearest to the 64 bits read as an unsigned number. */
    private static double unsigned(long bits) {
      if (bits >= 0) {
        return bits;
      }
      // The lost bit is kept as a sticky one, so that the conversion rounds only once.
      return 2.0 * ((bits >>> 1) | (bits & 1));
    }

    private static long round(double value) {
      double whole = Math.rint(value);
      if (whole < TWO_63) {
        return (long) Math.max(0, whole);
      }
      // NaN lands here too: no comparison with it is true.
      return Double.isNaN(whole)
          ? 0
          : whole >= 2 * TWO_63 ? -1L : (long) (whole - TWO_63) - Long.MIN_VALUE;
    }

    @Override
    public double value(byte[] bytes, int index) {
      return unsigned(integer(bytes, index));
    }

    @Override
    public void set(byte[] bytes, int index, double value) {
      BITS.set(bytes, index * Long.BYTES, round(value));
    }

    @Override
    public void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = unsigned((long) BITS.get(bytes, (from + i) * Long.BYTES));
      }
    }

    @Override
    public void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        BITS.set(bytes, (to + i) * Long.BYTES, round(values[at + i]));
      }
    }
  }
}
