// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.nio.ShortBufferAccess;

/** Elements of two bytes that are integers: int16 and uint16. */
abstract class ShortElements extends Elements {
  private static final VarHandle BITS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

  @Override
  final void setInteger(byte[] bytes, int index, long value) {
    BITS.set(bytes, index * Short.BYTES, (short) value);
  }

  @Override
  final int first(byte[] bytes, int from, int to, long id) {
    short wanted = (short) id;
    int index = from;
    while (index < to && (short) BITS.get(bytes, index * Short.BYTES) != wanted) {
      index++;
    }
    return index;
  }

  @Override
  final int firstOther(byte[] bytes, int from, int to, long id) {
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
    double value(byte[] bytes, int index) {
      return (short) BITS.get(bytes, index * Short.BYTES);
    }

    @Override
    void set(byte[] bytes, int index, double value) {
      BITS.set(bytes, index * Short.BYTES, round(value));
    }

    @Override
    long integer(byte[] bytes, int index) {
      return (short) BITS.get(bytes, index * Short.BYTES);
    }

    @Override
    boolean holds(long value) {
      return value == (short) value;
    }

    @Override
    void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = (short) BITS.get(bytes, (from + i) * Short.BYTES);
      }
    }

    @Override
    void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        BITS.set(bytes, (to + i) * Short.BYTES, round(values[at + i]));
      }
    }

    @Override
    RandomAccessibleInterval<?> img(ByteBuffer buffer, long[] dimensions) {
      return ArrayImgs.shorts(new ShortBufferAccess(buffer.asShortBuffer(), false), dimensions);
    }
  }

  static final class Unsigned extends ShortElements {
    private static short round(double value) {
      return (short) Math.max(0, Math.min(0xFFFF, (int) Math.rint(value)));
    }

    @Override
    double value(byte[] bytes, int index) {
      return (short) BITS.get(bytes, index * Short.BYTES) & 0xFFFF;
    }

    @Override
    void set(byte[] bytes, int index, double value) {
      BITS.set(bytes, index * Short.BYTES, round(value));
    }

    @Override
    long integer(byte[] bytes, int index) {
      return (short) BITS.get(bytes, index * Short.BYTES) & 0xFFFF;
    }

    @Override
    boolean holds(long value) {
      return value == (value & 0xFFFF);
    }

    @Override
    void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = (short) BITS.get(bytes, (from + i) * Short.BYTES) & 0xFFFF;
      }
    }

    @Override
    void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        BITS.set(bytes, (to + i) * Short.BYTES, round(values[at + i]));
      }
    }

    @Override
    RandomAccessibleInterval<?> img(ByteBuffer buffer, long[] dimensions) {
      return ArrayImgs.unsignedShorts(
          new ShortBufferAccess(buffer.asShortBuffer(), false), dimensions);
    }
  }
}
