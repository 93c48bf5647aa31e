// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * The LZ4 block coders that are safe for untrusted input. The decompressors that lz4-java builds on
 * {@code sun.misc.Unsafe} trust their input, so where its native library is missing the slower ones
 * in checked Java are used instead of its "fastest".
 */
final class Lz4Blocks {
  private Lz4Blocks() {}

  static LZ4SafeDecompressor decompressor() {
    return Holder.FACTORY.safeDecompressor();
  }

  static LZ4Compressor compressor() {
    return Holder.FACTORY.fastCompressor();
  }

  static LZ4Compressor highCompressor(int level) {
    return Holder.FACTORY.highCompressor(level);
  }

  /**
   * @param target has room for the worst case from {@code to}
   * @return bytes written
   */
  static int encode(LZ4Compressor compressor, ByteSpan source, byte[] target, int to) {
    return compressor.compress(
        source.array(), source.offset(), source.length(), target, to, target.length - to);
  }

  private static final class Holder {
    static final LZ4Factory FACTORY = choose();

    private static LZ4Factory choose() {
      try {
        return LZ4Factory.nativeInstance();
      } catch (LinkageError | AssertionError | UnsupportedOperationException missing) {
        // The library wraps in an AssertionError what its own loading throws.
        return LZ4Factory.safeInstance();
      }
    }
  }
}
