// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jpountz.lz4.LZ4Exception;

/** The compressors inside Blosc that its common builds have. */
enum BloscCompressor {
  BLOSCLZ(0, true),
  LZ4(1, true),
  LZ4HC(1, true),
  ZLIB(3, true),
  ZSTD(4, false);

  private static final int MAX_ZSTD_LEVEL = 22;

  private final int format;
  private final boolean splits;

  BloscCompressor(int format, boolean splits) {
    this.format = format;
    this.splits = splits;
  }

  /** Names in metadata. */
  static List<String> names() {
    return Arrays.stream(values()).map(BloscCompressor::cname).toList();
  }

  static BloscCompressor ofName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** One that reads the format of that number in a header. */
  static BloscCompressor ofFormat(int format) throws DamagedDataException {
    for (BloscCompressor compressor : values()) {
      if (compressor.format == format) {
        return compressor;
      }
    }
    throw new DamagedDataException(
        "blosc: unknown compressor number "
            + format
            + "; supported are 0 (blosclz), 1 (lz4, lz4hc), 3 (zlib), 4 (zstd)");
  }

  String cname() {
    return name().toLowerCase(Locale.ROOT);
  }

  int format() {
    return format;
  }

  /** True if writers split blocks into one stream per byte of an element. */
  boolean splits() {
    return splits;
  }

  /** True for those that gain from larger blocks. */
  boolean wantsLargeBlocks() {
    return this == LZ4HC || this == ZLIB || this == ZSTD;
  }

  /**
   * Decodes one stream.
   *
   * @return bytes written to {@code target} from {@code to}, at most {@code capacity}
   */
  int decode(ByteSpan stream, byte[] target, int to, int capacity, CodecScratch scratch)
      throws DamagedDataException {
    return switch (this) {
      case BLOSCLZ -> BloscLz.decode(stream, target, to, capacity);
      case LZ4, LZ4HC -> decodeLz4(stream, target, to, capacity);
      case ZLIB ->
          new Inflation("blosc", scratch.inflater(DeflateFraming.ZLIB), stream)
              .readAll(target, to, to + capacity);
      case ZSTD -> ZstdCodec.decode(stream, target, to, capacity, scratch);
    };
  }

  private static int decodeLz4(ByteSpan stream, byte[] target, int to, int capacity)
      throws DamagedDataException {
    try {
      return Lz4Blocks.decompressor()
          .decompress(stream.array(), stream.offset(), stream.length(), target, to, capacity);
    } catch (LZ4Exception damage) {
      throw new DamagedDataException("blosc: an lz4 stream is damaged", damage);
    }
  }

  /**
   * Encodes one stream.
   *
   * @param target holds {@link #maxLength} bytes from {@code to}
   * @param level 1 to 9
   * @return bytes written; 0 if there are no fewer than those of the source
   */
  int encode(ByteSpan source, byte[] target, int to, int level, CodecScratch scratch) {
    int length =
        switch (this) {
          case BLOSCLZ -> BloscLz.encode(source, target, to, source.length(), scratch.hashTable());
          case LZ4 -> Lz4Blocks.encode(Lz4Blocks.compressor(), source, target, to);
          case LZ4HC -> Lz4Blocks.encode(Lz4Blocks.highCompressor(level), source, target, to);
          case ZLIB ->
              Deflation.write(scratch.deflater(DeflateFraming.ZLIB, level), source, target, to)
                  - to;
          case ZSTD -> new ZstdCodec(zstdLevel(level), false).encode(source, target, to, scratch);
        };
    return length < source.length() ? length : 0;
  }

  /** As c-blosc spreads Blosc's nine levels over those of Zstandard. */
  private static int zstdLevel(int level) {
    return switch (level) {
      case 9 -> MAX_ZSTD_LEVEL;
      case 8 -> MAX_ZSTD_LEVEL - 2;
      default -> 2 * level - 1;
    };
  }

  /** Room that any of them needs for the encoding of so many bytes. */
  static int maxLength(int length) {
    return (int) Deflation.maxLength(length);
  }
}
