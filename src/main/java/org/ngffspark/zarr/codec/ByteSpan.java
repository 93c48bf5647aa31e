// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.nio.ByteBuffer;

/** A stretch of an array: {@code length} bytes from {@code offset}. */
record ByteSpan(byte[] array, int offset, int length) {

  /** The remaining bytes of the buffer; those of a heap buffer are not copied. */
  static ByteSpan of(ByteBuffer buffer) {
    if (buffer.hasArray()) {
      return new ByteSpan(
          buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
    }
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return new ByteSpan(copy, 0, copy.length);
  }

  int end() {
    return offset + length;
  }

  ByteSpan first(int count) {
    return new ByteSpan(array, offset, count);
  }

  ByteSpan skip(int count) {
    return new ByteSpan(array, offset + count, length - count);
  }
}
