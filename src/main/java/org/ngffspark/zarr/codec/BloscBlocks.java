// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

/** The length of blocks that c-blosc 1.21 chooses, which weighs ratio against cache size. */
final class BloscBlocks {
  /** Shorter content is stored as it is. */
  static final int MIN_LENGTH = 128;

  private static final int FIRST_LEVEL_CACHE = 32 * 1024;
  private static final int MAX_STREAM = 1 << 18;
  private static final int MIN_SPLIT_BLOCK = 1 << 16;
  private static final int MAX_SPLIT_BLOCK = 1 << 20;

  private BloscBlocks() {}

  /**
   * @param length bytes of the content
   * @return bytes of a block, a multiple of the element's where there is a whole element
   */
  static int length(BloscCodec codec, int length) {
    int width = codec.width();
    if (length < width) {
      return Math.max(1, length);
    }
    int block = length;
    if (codec.blockLength() > 0) {
      block = Math.max(MIN_LENGTH, codec.blockLength());
    } else if (length >= FIRST_LEVEL_CACHE) {
      block = byLevel(codec);
    }
    if (splits(codec, block)) {
      long enlarged = (long) Math.min(block, MAX_STREAM) * width;
      block = (int) Math.min(MAX_SPLIT_BLOCK, Math.max(MIN_SPLIT_BLOCK, enlarged));
    }
    block = Math.min(block, length);
    return block / width * width;
  }

  private static int byLevel(BloscCodec codec) {
    boolean large = codec.compressor().wantsLargeBlocks();
    int base = large ? 2 * FIRST_LEVEL_CACHE : FIRST_LEVEL_CACHE;
    return switch (codec.level()) {
      case 0 -> base / 4;
      case 1 -> base / 2;
      case 2 -> base;
      case 3 -> base * 2;
      case 4, 5 -> base * 4;
      case 9 -> large ? base * 16 : base * 8;
      default -> base * 8;
    };
  }

  static boolean splits(BloscCodec codec, int blockLength) {
    return codec.level() > 0
        && codec.compressor().splits()
        && BloscHeader.canSplit(codec.width(), blockLength);
  }
}
