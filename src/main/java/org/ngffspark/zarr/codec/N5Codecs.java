// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.json.JsonView;
import org.tukaani.xz.XZ;

/**
 * The field {@code compression} of N5 data sets. Settings that say how to compress, and that no
 * reader needs, are taken where they are known here and ignored else: each version of each library
 * writes its own.
 */
final class N5Codecs {
  static final List<String> TYPES = List.of("raw", "gzip", "bzip2", "lz4", "xz", "zstd", "blosc");

  private static final String LEVEL = "level";
  private static final String BLOCK_SIZE = "blockSize";
  private static final int FASTEST_ZSTD = -131072;
  private static final int LARGEST_LZ4_BLOCK = 32 << 20;

  private N5Codecs() {}

  /**
   * @param compression the object with its {@code type}
   * @param elementBytes bytes of an element
   * @return the codecs in the order of encoding; none for {@code raw}
   */
  static List<BytesCodec> parse(JsonView compression, int elementBytes) {
    return codec(compression, elementBytes).map(List::of).orElseGet(List::of);
  }

  private static Optional<BytesCodec> codec(JsonView settings, int elementBytes) {
    String type = settings.require("type").oneOf(TYPES);
    return switch (type) {
      case "raw" -> Optional.empty();
      case "gzip" -> Optional.of(gzip(settings));
      case "bzip2" -> Optional.of(new Bz2Codec(settings.integer(BLOCK_SIZE, 1, 9, 9)));
      case "lz4" ->
          Optional.of(
              new Lz4StreamCodec(settings.integer(BLOCK_SIZE, 64, LARGEST_LZ4_BLOCK, 1 << 16)));
      case "xz" -> Optional.of(xz(settings));
      case "zstd" ->
          Optional.of(new ZstdCodec(settings.integer(LEVEL, FASTEST_ZSTD, 22, 3), false));
      default -> Optional.of(BloscCodec.ofN5(settings, elementBytes));
    };
  }

  private static BytesCodec gzip(JsonView settings) {
    int level = settings.integer(LEVEL, -1, 9, -1);
    return settings.flag("useZlib") ? new ZlibCodec(level) : new GzipCodec(level);
  }

  private static BytesCodec xz(JsonView settings) {
    return new LzmaCodec(
        LzmaCodec.Container.XZ, settings.integer("preset", 0, 9, 6), XZ.CHECK_CRC64);
  }
}
