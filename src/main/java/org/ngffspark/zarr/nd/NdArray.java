// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Elements of one box in memory: C order, native byte order, as plain bytes. Cutting and pasting
 * move bytes and know no numbers.
 *
 * <p>The array of bytes is shared with whoever made or asked for it, never copied. Not safe for
 * writing by several threads at once.
 */
public final class NdArray {
  private final DataType type;
  private final Shape shape;
  private final byte[] bytes;

  private NdArray(DataType type, Shape shape, byte[] bytes) {
    this.type = type;
    this.shape = shape;
    this.bytes = bytes;
  }

  /**
   * A new array of zeros.
   *
   * @throws IllegalArgumentException if it would not fit into one Java array (2 GiB), or takes more
   *     than half of the memory that this process may have
   */
  public static NdArray zeros(DataType type, Shape shape) {
    int length = byteLength(type, shape);
    long memory = Runtime.getRuntime().maxMemory();
    if (length > memory / 2) {
      throw new IllegalArgumentException(
          "%s%s takes %d MiB, and this process may have %d MiB in all; give it at least twice as much"
              .formatted(type, shape, length >> 20, memory >> 20));
    }
    return new NdArray(type, shape, new byte[length]);
  }

  /**
   * A view of {@code bytes}; changes of one are seen by the other.
   *
   * @throws IllegalArgumentException if the length does not fit type and shape
   */
  public static NdArray wrap(DataType type, Shape shape, byte[] bytes) {
    if (bytes.length != byteLength(type, shape)) {
      throw new IllegalArgumentException(
          type + "" + shape + " needs " + byteLength(type, shape) + " bytes, got " + bytes.length);
    }
    return new NdArray(type, shape, bytes);
  }

  /**
   * Bytes that an array of that type and shape takes.
   *
   * @throws IllegalArgumentException if they do not fit into one Java array (2 GiB)
   */
  public static int byteLength(DataType type, Shape shape) {
    long length;
    try {
      length = Math.multiplyExact(shape.elements(), type.bytes());
    } catch (ArithmeticException overflow) {
      length = Long.MAX_VALUE;
    }
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          type + "" + shape + " does not fit into memory at once: the limit is 2 GiB");
    }
    return (int) length;
  }

  public DataType type() {
    return type;
  }

  public Shape shape() {
    return shape;
  }

  /** The elements themselves, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** A view of the elements in native order. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }

  public NdArray copy() {
    return new NdArray(type, shape, bytes.clone());
  }

  /** A new array with the elements of {@code box}, which must lie inside this one. */
  public NdArray cut(Box box) {
    NdArray target = zeros(type, box.shape());
    target.paste(this, box, Box.whole(box.shape()));
    return target;
  }

  /**
   * Copies {@code from} of {@code source} over {@code to} of this array.
   *
   * @throws IllegalArgumentException if types or shapes differ or a box reaches outside its array
   */
  public void paste(NdArray source, Box from, Box to) {
    if (source.type.bytes() != type.bytes() || !from.isAsLongAs(to)) {
      throw new IllegalArgumentException(
          "Cannot paste " + source.type + "" + from.shape() + " over " + type + "" + to.shape());
    }
    if (!from.isWithin(source.shape) || !to.isWithin(shape)) {
      throw new IllegalArgumentException(
          "Cannot paste " + from + " of " + source.shape + " over " + to + " of " + shape);
    }
    if (!from.isEmpty()) {
      new RowCopy(source, from, this, to).run();
    }
  }

  /**
   * Sets every element.
   *
   * @param bits of the element, in the low bytes
   */
  public void fill(long bits) {
    if (bytes.length > 0) {
      new Fill(this, bits).run(0, bytes.length);
    }
  }

  /**
   * Sets the elements of {@code box}, which must lie inside this array.
   *
   * @param bits of the element, in the low bytes
   */
  public void fill(Box box, long bits) {
    if (!box.isWithin(shape)) {
      throw new IllegalArgumentException("Cannot fill " + box + " of " + shape);
    }
    if (!box.isEmpty()) {
      new Fill(this, bits).run(box);
    }
  }

  /**
   * Whether every element has exactly these bits; true without elements.
   *
   * @param bits in the low bytes
   */
  public boolean isFilledWith(long bits) {
    return bytes.length == 0 || new Fill(this, bits).isEverywhere();
  }

  /**
   * Takes over the elements of an array of the same type and shape.
   *
   * @throws IllegalArgumentException if type or shape differ
   */
  public void copyFrom(NdArray other) {
    if (other.type != type || !other.shape.equals(shape)) {
      throw new IllegalArgumentException("Cannot copy " + other + " into " + this);
    }
    System.arraycopy(other.bytes, 0, bytes, 0, bytes.length);
  }

  @Override
  public String toString() {
    return type.toString() + shape;
  }
}
