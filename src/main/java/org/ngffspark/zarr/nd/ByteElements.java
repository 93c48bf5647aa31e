// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

/** Elements of one byte: int8, uint8 and bool. */
abstract class ByteElements extends Elements {
  @Override
  public final void setInteger(byte[] bytes, int index, long value) {
    bytes[index] = (byte) value;
  }

  @Override
  public final int first(byte[] bytes, int from, int to, long id) {
    byte wanted = (byte) id;
    int index = from;
    while (index < to && bytes[index] != wanted) {
      index++;
    }
    return index;
  }

  @Override
  public final int firstOther(byte[] bytes, int from, int to, long id) {
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
    public double value(byte[] bytes, int index) {
      return bytes[index];
    }

    @Override
    public void set(byte[] bytes, int index, double value) {
      bytes[index] = round(value);
    }

    @Override
    public long integer(byte[] bytes, int index) {
      return bytes[index];
    }

    @Override
    public boolean holds(long value) {
      return value == (byte) value;
    }

    @Override
    public void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = bytes[from + i];
      }
    }

    @Override
    public void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        bytes[to + i] = round(values[at + i]);
      }
    }
  }

  static final class Unsigned extends ByteElements {
    private static byte round(double value) {
      return (byte) Math.max(0, Math.min(255, (int) Math.rint(value)));
    }

    @Override
    public double value(byte[] bytes, int index) {
      return bytes[index] & 0xFF;
    }

    @Override
    public void set(byte[] bytes, int index, double value) {
      bytes[index] = round(value);
    }

    @Override
    public long integer(byte[] bytes, int index) {
      return bytes[index] & 0xFF;
    }

    @Override
    public boolean holds(long value) {
      return value == (value & 0xFF);
    }

    @Override
    public void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = bytes[from + i] & 0xFF;
      }
    }

    @Override
    public void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        bytes[to + i] = round(values[at + i]);
      }
    }
  }

  /** One byte each, 0 or 1; anything but 0 reads as 1, as numpy does. */
  static final class Bool extends ByteElements {
    private static byte round(double value) {
      return (byte) Math.max(0, Math.min(1, (int) Math.rint(value)));
    }

    @Override
    public double value(byte[] bytes, int index) {
      return bytes[index] == 0 ? 0 : 1;
    }

    @Override
    public void set(byte[] bytes, int index, double value) {
      bytes[index] = round(value);
    }

    @Override
    public long integer(byte[] bytes, int index) {
      return bytes[index] == 0 ? 0 : 1;
    }

    @Override
    public boolean holds(long value) {
      return value == 0 || value == 1;
    }

    @Override
    public void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = bytes[from + i] == 0 ? 0 : 1;
      }
    }

    @Override
    public void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        bytes[to + i] = round(values[at + i]);
      }
    }
  }
}
