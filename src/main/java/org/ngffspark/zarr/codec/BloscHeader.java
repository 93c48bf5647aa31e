// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The 16 bytes before a Blosc frame (c-blosc 1.x, README_CHUNK_FORMAT).
 *
 * @param format number of the compressor's format
 * @param stored true if the content follows as it is, without blocks
 * @param split true if full blocks may be split into one stream per byte of an element
 * @param width bytes of an element
 * @param length bytes of the content
 * @param blockLength bytes of a block before compression
 * @param frameLength bytes of the frame with this header
 */
record BloscHeader(
    int format,
    BloscShuffle shuffle,
    boolean stored,
    boolean split,
    int width,
    int length,
    int blockLength,
    int frameLength) {
  static final int BYTES = 16;
  private static final int VERSION = 2;
  private static final int COMPRESSOR_VERSION = 1;
  private static final int STORED = 2;
  private static final int RESERVED = 8;
  private static final int NOT_SPLIT = 16;
  private static final int FORMAT_SHIFT = 5;
  private static final int MAX_SPLITS = 16;
  private static final int MIN_STREAM_BYTES = 128;

  /**
   * Reads and checks a header.
   *
   * @param limit the most content there can be
   */
  static BloscHeader read(ByteSpan frame, int limit) throws DamagedDataException {
    require(frame.length() >= BYTES, "ends within the header, after %d bytes", frame.length());
    ByteBuffer buffer =
        ByteBuffer.wrap(frame.array(), frame.offset(), BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int version = buffer.get();
    require(version == VERSION, "format version is %d, must be %d", version, VERSION);
    int compressor = buffer.get();
    require(compressor == COMPRESSOR_VERSION, "compressor version is %d, must be 1", compressor);
    int flags = buffer.get() & 0xff;
    BloscHeader header =
        new BloscHeader(
            flags >> FORMAT_SHIFT,
            shuffle(flags),
            (flags & STORED) != 0,
            (flags & NOT_SPLIT) == 0,
            buffer.get() & 0xff,
            buffer.getInt(),
            buffer.getInt(),
            buffer.getInt());
    header.check(frame.length(), limit);
    return header;
  }

  private static BloscShuffle shuffle(int flags) throws DamagedDataException {
    require((flags & RESERVED) == 0, "header has unknown flags %#x", flags);
    boolean bytes = (flags & BloscShuffle.BYTES.flag()) != 0;
    boolean bits = (flags & BloscShuffle.BITS.flag()) != 0;
    require(!bytes || !bits, "header has byte and bit shuffle at once", flags);
    return bits ? BloscShuffle.BITS : bytes ? BloscShuffle.BYTES : BloscShuffle.NONE;
  }

  private void check(int available, int limit) throws DamagedDataException {
    require(
        frameLength == available, "header states %d bytes, there are %d", frameLength, available);
    require(width > 0, "header states an element size of %d", width);
    require(length >= 0, "header states a content of %d bytes", length);
    if (length > limit) {
      throw new TooLongException("blosc", limit);
    }
    if (stored) {
      require(length == frameLength - BYTES, "holds %d bytes stored as %d", length, frameLength);
    } else if (length > 0) {
      require(blockLength > 0 && blockLength <= length, "header states blocks of %d", blockLength);
      require(tableEnd() <= frameLength, "table of %d blocks does not fit", blocks());
    }
  }

  private static void require(boolean holds, String problem, Object... values)
      throws DamagedDataException {
    if (!holds) {
      throw new DamagedDataException("blosc: " + String.format(problem, values));
    }
  }

  void write(byte[] target) {
    int flags =
        shuffle.flag() | (stored ? STORED : 0) | (split ? 0 : NOT_SPLIT) | format << FORMAT_SHIFT;
    ByteBuffer.wrap(target)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) VERSION)
        .put((byte) COMPRESSOR_VERSION)
        .put((byte) flags)
        .put((byte) width)
        .putInt(length)
        .putInt(blockLength)
        .putInt(frameLength);
  }

  int blocks() {
    return (int) (((long) length + blockLength - 1) / blockLength);
  }

  /** Where the table of block offsets ends. */
  long tableEnd() {
    return BYTES + (long) Integer.BYTES * blocks();
  }

  int blockLength(int block) {
    return Math.min(blockLength, length - block * blockLength);
  }

  /** Streams of that block; all are of one length. */
  int streams(int block) {
    boolean full = blockLength(block) == blockLength;
    return split && full && canSplit(width, blockLength) ? width : 1;
  }

  static boolean canSplit(int width, int blockLength) {
    return width <= MAX_SPLITS && blockLength / width >= MIN_STREAM_BYTES;
  }
}
