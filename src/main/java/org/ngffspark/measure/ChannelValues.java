// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.Objects;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.DataType;

/** The values of one channel at the pixels of an object, in the order of its mask's runs. */
public final class ChannelValues {
  private final Patch pixels;
  private final int from;
  private final int count;
  private short[] shorts = new short[0];

  /**
   * @param pixels values of many objects, one after the other
   * @param from flat index of the first value
   * @param count number of values
   * @throws IndexOutOfBoundsException if there are not as many values
   */
  ChannelValues(Patch pixels, int from, int count) {
    this.pixels = pixels;
    this.from = Objects.checkFromIndexSize(from, count, pixels.size());
    this.count = count;
  }

  public DataType type() {
    return pixels.type();
  }

  /** Number of values: that of the mask's pixels. */
  public int count() {
    return count;
  }

  /**
   * A value; 64-bit integers become the nearest double.
   *
   * @throws IndexOutOfBoundsException if there is no such value
   */
  public double value(int index) {
    return pixels.value(from + Objects.checkIndex(index, count));
  }

  /**
   * Reads neighbouring values.
   *
   * @param first index of the first value
   * @param length number of values
   * @param into takes them, from index 0 on
   * @throws IndexOutOfBoundsException if there are not as many values
   */
  public void read(int first, int length, double[] into) {
    Objects.checkFromIndexSize(first, length, count);
    pixels.read(from + first, length, into, 0);
  }

  /** Whether values are bool or integers of one or two bytes, so that {@link #toShorts} works. */
  boolean isSmallInteger() {
    return !type().isFloat() && type().bytes() <= Short.BYTES;
  }

  /**
   * The low 16 bits of all values, not to be changed. {@code short & lowBits()} is the value.
   *
   * @throws IllegalStateException if they are not {@link #isSmallInteger small integers}
   */
  short[] toShorts() {
    if (!isSmallInteger()) {
      throw new IllegalStateException("Values of type " + type() + " are no small integers");
    }
    if (shorts.length == 0) {
      shorts = new short[count];
      readBits();
    }
    return shorts;
  }

  private void readBits() {
    if (type().bytes() == Short.BYTES) {
      pixels.pixels().buffer().asShortBuffer().get(from, shorts);
      return;
    }
    byte[] bytes = pixels.pixels().bytes();
    for (int i = 0; i < count; i++) {
      shorts[i] = bytes[from + i];
    }
  }

  /** What is kept of a sign-extended value: all bits, or those of a type without sign. */
  int lowBits() {
    return type().kind() == DataType.Kind.SIGNED ? -1 : (1 << Byte.SIZE * type().bytes()) - 1;
  }

  /** All values. */
  public double[] toArray() {
    double[] values = new double[count];
    read(0, count, values);
    return values;
  }
}
