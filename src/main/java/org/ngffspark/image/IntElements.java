// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.nio.IntBufferAccess;

/** Elements of four bytes that are integers: int32 and uint32. */
abstract class IntElements extends Elements {
  private static final VarHandle BITS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  @Override
  final void setInteger(byte[] bytes, int index, long value) {
    BITS.set(bytes, index * Integer.BYTES, (int) value);
  }

  @Override
  final int first(byte[] bytes, int from, int to, long id) {
    int wanted = (int) id;
    int index = from;
    while (index < to && (int) BITS.get(bytes, index * Integer.BYTES) != wanted) {
      index++;
    }
    return index;
  }

  @Override
  final int firstOther(byte[] bytes, int from, int to, long id) {
    int wanted = (int) id;
    int index = from;
    while (index < to && (int) BITS.get(bytes, index * Integer.BYTES) == wanted) {
      index++;
    }
    return index;
  }

  static final class Signed extends IntElements {
    @Override
    double value(byte[] bytes, int index) {
      return (int) BITS.get(bytes, index * Integer.BYTES);
    }

    @Override
    void set(byte[] bytes, int index, double value) {
      BITS.set(bytes, index * Integer.BYTES, (int) Math.rint(value));
    }

    @Override
    long integer(byte[] bytes, int index) {
      return (int) BITS.get(bytes, index * Integer.BYTES);
    }

    @Override
    boolean holds(long value) {
      return value == (int) value;
    }

    @Override
    void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = (int) BITS.get(bytes, (from + i) * Integer.BYTES);
      }
    }

    @Override
    void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        BITS.set(bytes, (to + i) * Integer.BYTES, (int) Math.rint(values[at + i]));
      }
    }

    @Override
    RandomAccessibleInterval<?> img(ByteBuffer buffer, long[] dimensions) {
      return ArrayImgs.ints(new IntBufferAccess(buffer.asIntBuffer(), false), dimensions);
    }
  }

  static final class Unsigned extends IntElements {
    private static final long MAX = 0xFFFFFFFFL;

    private static int round(double value) {
      return (int) Math.max(0, Math.min(MAX, (long) Math.rint(value)));
    }

    @Override
    double value(byte[] bytes, int index) {
      return integer(bytes, index);
    }

    @Override
    void set(byte[] bytes, int index, double value) {
      BITS.set(bytes, index * Integer.BYTES, round(value));
    }

    @Override
    long integer(byte[] bytes, int index) {
      return (int) BITS.get(bytes, index * Integer.BYTES) & 0xFFFFFFFFL;
    }

    @Override
    boolean holds(long value) {
      return value == (value & 0xFFFFFFFFL);
    }

    @Override
    void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = (int) BITS.get(bytes, (from + i) * Integer.BYTES) & 0xFFFFFFFFL;
      }
    }

    @Override
    void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        BITS.set(bytes, (to + i) * Integer.BYTES, round(values[at + i]));
      }
    }

    @Override
    RandomAccessibleInterval<?> img(ByteBuffer buffer, long[] dimensions) {
      return ArrayImgs.unsignedInts(new IntBufferAccess(buffer.asIntBuffer(), false), dimensions);
    }
  }
}
