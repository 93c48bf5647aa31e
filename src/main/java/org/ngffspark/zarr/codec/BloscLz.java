// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.Arrays;

/**
 * The BloscLZ format: literal runs and back references in bytes.
 *
 * <p>A control byte below 32 starts a run of one more literals than its value. Else its upper three
 * bits are the match length minus 2, where 7 means that more length follows, in bytes that add up
 * and end with the first that is not 255; its lower five bits and the next byte are the distance
 * minus 1. Where those 13 bits are all ones, two bytes follow, high byte first, and add to the
 * distance. The first control byte is always one of literals, with bit 5 set as a mark.
 */
final class BloscLz {
  private static final int MAX_LITERALS = 32;
  private static final int NEAR_DISTANCE = 8191;
  private static final int FAR_DISTANCE = NEAR_DISTANCE + 0xffff;
  private static final int MIN_MATCH = 4;
  private static final int MIN_FAR_MATCH = 8;
  private static final int LAST_LITERALS = 12;
  private static final int HASH_BITS = 13;

  private final byte[] source;
  private final byte[] target;
  private final int targetEnd;
  private int position;
  private boolean full;

  private BloscLz(byte[] source, byte[] target, int to, int targetEnd) {
    this.source = source;
    this.target = target;
    this.position = to;
    this.targetEnd = targetEnd;
  }

  /**
   * Decodes one stream.
   *
   * @return bytes written; fewer than {@code capacity} where the stream ends before
   * @throws DamagedDataException if the stream is cut, refers to before its start, or is too long
   */
  static int decode(ByteSpan stream, byte[] target, int to, int capacity)
      throws DamagedDataException {
    byte[] source = stream.array();
    int at = stream.offset();
    int end = stream.end();
    int out = to;
    int outEnd = to + capacity;
    int control = at < end ? source[at++] & 31 : -1;
    while (control >= 0) {
      if (control < MAX_LITERALS) {
        int count = control + 1;
        require(count <= end - at && count <= outEnd - out);
        System.arraycopy(source, at, target, out, count);
        at += count;
        out += count;
      } else {
        int length = (control >> 5) + 2;
        if (length == 9) {
          int more;
          do {
            require(at < end);
            more = source[at++] & 0xff;
            length += more;
          } while (more == 255 && length <= capacity);
        }
        require(at < end);
        int distance = ((control & 31) << 8 | source[at++] & 0xff) + 1;
        if (distance > NEAR_DISTANCE) {
          require(end - at >= 2);
          distance += (source[at] & 0xff) << 8 | source[at + 1] & 0xff;
          at += 2;
        }
        require(distance <= out - to && length <= outEnd - out);
        repeat(target, out, distance, length);
        out += length;
      }
      control = at < end ? source[at++] & 0xff : -1;
    }
    return out - to;
  }

  private static void require(boolean fits) throws DamagedDataException {
    if (!fits) {
      throw new DamagedDataException("blosc: a blosclz stream is damaged");
    }
  }

  /** Copies what lies {@code distance} before, which may be what this call writes. */
  private static void repeat(byte[] target, int at, int distance, int length) {
    if (distance == 1) {
      Arrays.fill(target, at, at + length, target[at - 1]);
    } else if (distance >= length) {
      System.arraycopy(target, at - distance, target, at, length);
    } else {
      for (int i = at; i < at + length; i++) {
        target[i] = target[i - distance];
      }
    }
  }

  /**
   * Encodes one stream.
   *
   * @param table of {@link #tableLength} ints
   * @return bytes written, or 0 if they would be more than {@code capacity}
   */
  static int encode(ByteSpan bytes, byte[] target, int to, int capacity, int[] table) {
    if (bytes.length() == 0) {
      return 0;
    }
    BloscLz stream = new BloscLz(bytes.array(), target, to, to + capacity);
    stream.encode(bytes.offset(), bytes.end(), table);
    if (stream.full) {
      return 0;
    }
    target[to] |= 1 << 5;
    return stream.position - to;
  }

  static int tableLength() {
    return 1 << HASH_BITS;
  }

  private void encode(int start, int end, int[] table) {
    Arrays.fill(table, 0, tableLength(), start);
    int literals = start;
    int at = start + 1;
    int misses = 0;
    // The stream has to end with literals: some decoders drop a match at the very end.
    while (at < end - LAST_LITERALS && !full) {
      int word = word(at);
      int slot = word * 0x9e3779b1 >>> 32 - HASH_BITS;
      int match = table[slot];
      table[slot] = at;
      int distance = at - match;
      if (distance == 0 || distance > FAR_DISTANCE || word(match) != word) {
        at += 1 + (misses++ >> 6);
        continue;
      }
      int length = matchLength(match, at, end - LAST_LITERALS);
      if (length < MIN_MATCH || distance > NEAR_DISTANCE && length < MIN_FAR_MATCH) {
        at++;
        continue;
      }
      writeLiterals(literals, at);
      writeMatch(distance, length);
      at += length;
      literals = at;
      misses = 0;
    }
    writeLiterals(literals, end);
  }

  private int word(int at) {
    return source[at] & 0xff
        | (source[at + 1] & 0xff) << 8
        | (source[at + 2] & 0xff) << 16
        | source[at + 3] << 24;
  }

  private int matchLength(int match, int at, int end) {
    int mismatch = Arrays.mismatch(source, match, match + end - at, source, at, end);
    return mismatch < 0 ? end - at : mismatch;
  }

  private void writeLiterals(int from, int end) {
    for (int at = from; at < end && reserve(1 + MAX_LITERALS); at += MAX_LITERALS) {
      int count = Math.min(end - at, MAX_LITERALS);
      target[position++] = (byte) (count - 1);
      System.arraycopy(source, at, target, position, count);
      position += count;
    }
  }

  private void writeMatch(int distance, int length) {
    int extra = length - 9;
    if (!reserve(6 + Math.max(0, extra) / 255)) {
      return;
    }
    boolean far = distance > NEAR_DISTANCE;
    int near = far ? NEAR_DISTANCE : distance - 1;
    target[position++] = (byte) ((extra < 0 ? length - 2 : 7) << 5 | near >> 8);
    if (extra >= 0) {
      for (; extra >= 255; extra -= 255) {
        target[position++] = (byte) 255;
      }
      target[position++] = (byte) extra;
    }
    target[position++] = (byte) near;
    if (far) {
      int beyond = distance - NEAR_DISTANCE - 1;
      target[position++] = (byte) (beyond >> 8);
      target[position++] = (byte) beyond;
    }
  }

  /** False, for good, once the output would not fit. */
  private boolean reserve(int count) {
    full |= count > targetEnd - position;
    return !full;
  }
}
