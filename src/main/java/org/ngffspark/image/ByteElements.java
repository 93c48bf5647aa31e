// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.nio.ByteBuffer;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.BooleanAccess;
import net.imglib2.img.basictypeaccess.nio.ByteBufferAccess;

/** Elements of one byte: int8, uint8 and bool. */
abstract class ByteElements extends Elements {
  @Override
  final void setInteger(byte[] bytes, int index, long value) {
    bytes[index] = (byte) value;
  }

  @Override
  final int first(byte[] bytes, int from, int to, long id) {
    byte wanted = (byte) id;
    int index = from;
    while (index < to && bytes[index] != wanted) {
      index++;
    }
    return index;
  }

  @Override
  final int firstOther(byte[] bytes, int from, int to, long id) {
    byte wanted = (byte) id;
    int index = from;
    while (index < to && bytes[index] == wanted) {
      index++;
    }
    return index;
  }

  static final class Signed extends ByteElements {
    private static byte round(double value) {
      return (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, (int) Math.rint(value)));
    }

    @Override
    double value(byte[] bytes, int index) {
      return bytes[index];
    }

    @Override
    void set(byte[] bytes, int index, double value) {
      bytes[index] = round(value);
    }

    @Override
    long integer(byte[] bytes, int index) {
      return bytes[index];
    }

    @Override
    boolean holds(long value) {
      return value == (byte) value;
    }

    @Override
    void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = bytes[from + i];
      }
    }

    @Override
    void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        bytes[to + i] = round(values[at + i]);
      }
    }

    @Override
    RandomAccessibleInterval<?> img(ByteBuffer buffer, long[] dimensions) {
      return ArrayImgs.bytes(new ByteBufferAccess(buffer, false), dimensions);
    }
  }

  static final class Unsigned extends ByteElements {
    private static byte round(double value) {
      return (byte) Math.max(0, Math.min(255, (int) Math.rint(value)));
    }

    @Override
    double value(byte[] bytes, int index) {
      return bytes[index] & 0xFF;
    }

    @Override
    void set(byte[] bytes, int index, double value) {
      bytes[index] = round(value);
    }

    @Override
    long integer(byte[] bytes, int index) {
      return bytes[index] & 0xFF;
    }

    @Override
    boolean holds(long value) {
      return value == (value & 0xFF);
    }

    @Override
    void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = bytes[from + i] & 0xFF;
      }
    }

    @Override
    void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        bytes[to + i] = round(values[at + i]);
      }
    }

    @Override
    RandomAccessibleInterval<?> img(ByteBuffer buffer, long[] dimensions) {
      return ArrayImgs.unsignedBytes(new ByteBufferAccess(buffer, false), dimensions);
    }
  }

  /** One byte each, 0 or 1; anything but 0 reads as 1, as numpy does. */
  static final class Bool extends ByteElements {
    private static byte round(double value) {
      return (byte) Math.max(0, Math.min(1, (int) Math.rint(value)));
    }

    @Override
    double value(byte[] bytes, int index) {
      return bytes[index] == 0 ? 0 : 1;
    }

    @Override
    void set(byte[] bytes, int index, double value) {
      bytes[index] = round(value);
    }

    @Override
    long integer(byte[] bytes, int index) {
      return bytes[index] == 0 ? 0 : 1;
    }

    @Override
    boolean holds(long value) {
      return value == 0 || value == 1;
    }

    @Override
    void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = bytes[from + i] == 0 ? 0 : 1;
      }
    }

    @Override
    void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        bytes[to + i] = round(values[at + i]);
      }
    }

    @Override
    RandomAccessibleInterval<?> img(ByteBuffer buffer, long[] dimensions) {
      return ArrayImgs.booleans(new Flags(buffer), dimensions);
    }
  }

  private record Flags(ByteBuffer buffer) implements BooleanAccess {
    @Override
    public boolean getValue(int index) {
      return buffer.get(index) != 0;
    }

    @Override
    public void setValue(int index, boolean value) {
      buffer.put(index, (byte) (value ? 1 : 0));
    }
  }
}
