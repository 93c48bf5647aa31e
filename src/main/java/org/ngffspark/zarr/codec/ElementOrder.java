// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Turns elements from one byte order to the other, in place. */
final class ElementOrder {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ODD_BYTES = 0x00ff00ff00ff00ffL;

  private ElementOrder() {}

  /**
   * @param width bytes of an element: 1, 2, 4 or 8
   * @param length bytes from the start of the array, a multiple of the width
   */
  static void reverse(byte[] bytes, int length, int width) {
    if (width == 1) {
      return;
    }
    int at = 0;
    for (; at <= length - Long.BYTES; at += Long.BYTES) {
      LONGS.set(bytes, at, reverse((long) LONGS.get(bytes, at), width));
    }
    for (; at < length; at += width) {
      reverseOne(bytes, at, width);
    }
  }

  private static long reverse(long word, int width) {
    return switch (width) {
      case 2 -> (word & ODD_BYTES) << 8 | (word >>> 8 & ODD_BYTES);
      case 4 -> Long.rotateLeft(Long.reverseBytes(word), 32);
      default -> Long.reverseBytes(word);
    };
  }

  private static void reverseOne(byte[] bytes, int at, int width) {
    for (int low = at, high = at + width - 1; low < high; low++, high--) {
      byte kept = bytes[low];
      bytes[low] = bytes[high];
      bytes[high] = kept;
    }
  }
}
