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

  /**
   * What the values come to.
   *
   * @param mask of the object
   * @param integers takes the type of the values
   */
  ChannelSums sums(ObjectMask mask, IntegerSums integers) {
    return integers.ofPacked(mask, type(), pixels.pixels().bytes(), from);
  }

  /** All values. */
  public double[] toArray() {
    double[] values = new double[count];
    read(0, count, values);
    return values;
  }
}
