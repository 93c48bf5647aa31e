// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The {@code vlen-utf8} encoding of strings: their number, then for each its length in bytes and
 * its UTF-8 bytes; numbers are little-endian with 32 bits.
 */
final class VlenUtf8 {
  private VlenUtf8() {}

  /**
   * @param count how many strings there must be
   * @throws DamagedDataException if there are more or fewer, bytes missing or left, or not UTF-8
   */
  static String[] decode(ByteSpan bytes, int count) throws DamagedDataException {
    ByteBuffer buffer =
        ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length())
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    int stated = nextLength(buffer);
    require(stated == count, "holds " + stated + " strings, must be " + count);
    require((long) count * Integer.BYTES <= buffer.remaining(), "ends early");
    String[] strings = new String[count];
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    for (int i = 0; i < count; i++) {
      strings[i] = nextString(buffer, decoder);
    }
    require(!buffer.hasRemaining(), buffer.remaining() + " bytes follow the last string");
    return strings;
  }

  private static String nextString(ByteBuffer buffer, CharsetDecoder decoder)
      throws DamagedDataException {
    int length = nextLength(buffer);
    require(length >= 0 && length <= buffer.remaining(), "ends early");
    ByteBuffer text = buffer.slice(buffer.position(), length);
    buffer.position(buffer.position() + length);
    try {
      return decoder.decode(text).toString();
    } catch (CharacterCodingException damage) {
      throw new DamagedDataException("vlen-utf8: a string is not UTF-8", damage);
    }
  }

  private static int nextLength(ByteBuffer buffer) throws DamagedDataException {
    require(buffer.remaining() >= Integer.BYTES, "ends early");
    return buffer.getInt();
  }

  private static void require(boolean holds, String problem) throws DamagedDataException {
    if (!holds) {
      throw new DamagedDataException("vlen-utf8: " + problem);
    }
  }

  static ByteSpan encode(String[] strings) {
    byte[][] texts =
        Arrays.stream(strings)
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    long length = Integer.BYTES * (1L + texts.length);
    for (byte[] text : texts) {
      length += text.length;
    }
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(texts.length);
    for (byte[] text : texts) {
      buffer.putInt(text.length).put(text);
    }
    return new ByteSpan(buffer.array(), 0, buffer.capacity());
  }
}
