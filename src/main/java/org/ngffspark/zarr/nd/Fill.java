// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** One element's bytes, put into an array that is not empty or looked for in it. */
final class Fill {
  private final NdArray array;
  private final byte[] element;

  /**
   * @param bits of the element, in the low bytes
   */
  Fill(NdArray array, long bits) {
    this.array = array;
    int width = array.type().bytes();
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    this.element = Arrays.copyOf(buffer.putLong(bits).array(), width);
    if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
      for (int i = 0; i < width / 2; i++) {
        byte low = element[i];
        element[i] = element[width - 1 - i];
        element[width - 1 - i] = low;
      }
    }
  }

  /** Fills so many bytes from an offset; what is filled is doubled until it is all. */
  void run(int start, int length) {
    byte[] bytes = array.bytes();
    if (isOneByte()) {
      Arrays.fill(bytes, start, start + length, element[0]);
      return;
    }
    System.arraycopy(element, 0, bytes, start, element.length);
    int done = element.length;
    while (done < length) {
      int next = Math.min(done, length - done);
      System.arraycopy(bytes, start, bytes, start + done, next);
      done += next;
    }
  }

  void run(Box box) {
    fill(box, 0, 0);
  }

  private void fill(Box box, int axis, long elements) {
    Shape shape = array.shape();
    if (axis == shape.rank() || isContiguous(box, axis)) {
      long count = 1;
      long start = elements;
      for (int rest = axis; rest < shape.rank(); rest++) {
        start = start * shape.get(rest) + box.start(rest);
        count *= box.length(rest);
      }
      run((int) (start * element.length), (int) (count * element.length));
      return;
    }
    for (long i = box.start(axis); i < box.stop(axis); i++) {
      fill(box, axis + 1, elements * shape.get(axis) + i);
    }
  }

  /** Whether the box takes all of every axis after this one. */
  private boolean isContiguous(Box box, int axis) {
    for (int rest = axis + 1; rest < box.rank(); rest++) {
      if (box.length(rest) != array.shape().get(rest)) {
        return false;
      }
    }
    return true;
  }

  boolean isEverywhere() {
    byte[] bytes = array.bytes();
    int width = element.length;
    // The first is the element, and each element is the one before it.
    return Arrays.equals(bytes, 0, width, element, 0, width)
        && Arrays.equals(bytes, 0, bytes.length - width, bytes, width, bytes.length);
  }

  private boolean isOneByte() {
    for (byte part : element) {
      if (part != element[0]) {
        return false;
      }
    }
    return true;
  }
}
