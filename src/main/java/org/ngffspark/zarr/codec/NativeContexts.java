// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Native compressor states, made on first use and freed together. */
final class NativeContexts implements Runnable {
  private Optional<ZstdDecompressCtx> zstdDecompressor = Optional.empty();
  private Optional<ZstdCompressCtx> zstdCompressor = Optional.empty();
  private final Map<DeflateFraming, Inflater> inflaters = new EnumMap<>(DeflateFraming.class);
  private final Map<DeflateKind, Deflater> deflaters = new HashMap<>();

  ZstdDecompressCtx zstdDecompressor() {
    if (zstdDecompressor.isEmpty()) {
      ZstdLibrary.load();
      zstdDecompressor = Optional.of(new ZstdDecompressCtx());
    }
    return zstdDecompressor.get();
  }

  ZstdCompressCtx zstdCompressor() {
    if (zstdCompressor.isEmpty()) {
      ZstdLibrary.load();
      zstdCompressor = Optional.of(new ZstdCompressCtx());
    }
    return zstdCompressor.get();
  }

  Inflater inflater(DeflateFraming framing) {
    Inflater inflater =
        inflaters.computeIfAbsent(framing, key -> new Inflater(key == DeflateFraming.RAW));
    inflater.reset();
    return inflater;
  }

  /** One per level: changing the level of a used one leaves output of its own in it. */
  Deflater deflater(DeflateFraming framing, int level) {
    Deflater deflater =
        deflaters.computeIfAbsent(
            new DeflateKind(framing, level),
            kind -> new Deflater(level, framing == DeflateFraming.RAW));
    deflater.reset();
    return deflater;
  }

  /** Frees all; the next use makes new ones. */
  @Override
  public void run() {
    zstdDecompressor.ifPresent(ZstdDecompressCtx::close);
    zstdDecompressor = Optional.empty();
    zstdCompressor.ifPresent(ZstdCompressCtx::close);
    zstdCompressor = Optional.empty();
    inflaters.values().forEach(Inflater::end);
    inflaters.clear();
    deflaters.values().forEach(Deflater::end);
    deflaters.clear();
  }

  private record DeflateKind(DeflateFraming framing, int level) {}
}
