// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/**
 * A mask as one bit for each pixel of its box, with a frame of empty pixels around it, so that a
 * question about 64 windows of neighbouring pixels is a few operations on words.
 *
 * <p>Rows and planes are numbered from -1, the frame, to their count; in a row, bit 0 of word 0 is
 * the frame.
 */
final class MaskBits {
  private final int height;
  private final int depth;
  private final int words;
  private final boolean framed;
  private final long[] bits;

  private MaskBits(int depth, int height, int width, boolean framed) {
    this.depth = depth;
    this.height = height;
    this.framed = framed;
    this.words = (width + 2 + Long.SIZE - 1) / Long.SIZE;
    long planes = framed ? depth + 2L : depth;
    this.bits = new long[Math.toIntExact(Math.multiplyExact(planes * (height + 2L), words))];
  }

  /** Bits of the mask; in 2D there is one plane, 0, and no frame in z. */
  static MaskBits of(ObjectMask mask) {
    MaskBits bits =
        new MaskBits(
            mask.depth(), mask.height(), mask.width(), mask.dimensions() == ObjectMask.AXES);
    mask.forEachRun((z, y, x, length) -> bits.set(bits.row(z, y), x + 1, length));
    return bits;
  }

  /** Empty bits of the same shape. */
  MaskBits blank() {
    return new MaskBits(depth, height, words * Long.SIZE - 2, framed);
  }

  private void set(int row, int from, int length) {
    int last = from + length - 1;
    int first = from / Long.SIZE;
    int end = last / Long.SIZE;
    long low = -1L << from;
    long high = -1L >>> (Long.SIZE - 1 - last % Long.SIZE);
    if (first == end) {
      bits[row + first] |= low & high;
      return;
    }
    bits[row + first] |= low;
    for (int word = first + 1; word < end; word++) {
      bits[row + word] = -1L;
    }
    bits[row + end] |= high;
  }

  int depth() {
    return depth;
  }

  int height() {
    return height;
  }

  /** Words of a row. */
  int words() {
    return words;
  }

  /** Where a row begins. */
  int row(int z, int y) {
    return ((framed ? z + 1 : z) * (height + 2) + y + 1) * words;
  }

  /** The pixels of a word. */
  long at(int row, int word) {
    return bits[row + word];
  }

  /** For each pixel of a word the one before it in the row. */
  long before(int row, int word) {
    long carried = word == 0 ? 0 : bits[row + word - 1] >>> (Long.SIZE - 1);
    return bits[row + word] << 1 | carried;
  }

  /** For each pixel of a word the one after it in the row. */
  long after(int row, int word) {
    long carried = word == words - 1 ? 0 : bits[row + word + 1] << (Long.SIZE - 1);
    return bits[row + word] >>> 1 | carried;
  }

  void put(int row, int word, long value) {
    bits[row + word] = value;
  }
}
