// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import org.ngffspark.zarr.json.JsonView;

/** Zstandard frames (RFC 8878). Level 0 stands for the library's default, 3. */
record ZstdCodec(int level, boolean checksum) implements BytesCodec {
  private static final int MIN_LEVEL = -131072;
  private static final int MAX_LEVEL = 22;

  static ZstdCodec of(JsonView settings) {
    Numcodecs.requireOnly(settings, "level", "checksum");
    return new ZstdCodec(
        settings.integer("level", MIN_LEVEL, MAX_LEVEL, 0), settings.flag("checksum"));
  }

  @Override
  public String name() {
    return "zstd";
  }

  @Override
  public ByteSpan decode(ByteSpan encoded, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    byte[] target = workspace.array();
    return new ByteSpan(target, 0, decode(encoded, target, 0, workspace.capacity(), scratch));
  }

  /** Decodes frames to at most {@code capacity} bytes; returns their number. */
  static int decode(ByteSpan frames, byte[] target, int to, int capacity, CodecScratch scratch)
      throws DamagedDataException {
    try {
      return scratch
          .zstdDecompressor()
          .decompressByteArray(
              target, to, capacity, frames.array(), frames.offset(), frames.length());
    } catch (ZstdException damage) {
      if (damage.getErrorCode() == Zstd.errDstSizeTooSmall()) {
        throw new TooLongException("zstd", capacity);
      }
      throw new DamagedDataException("zstd: not a frame: " + damage.getMessage(), damage);
    }
  }

  @Override
  public ByteSpan encode(ByteSpan decoded, Workspace workspace, CodecScratch scratch) {
    byte[] target = workspace.array();
    return new ByteSpan(target, 0, encode(decoded, target, 0, scratch));
  }

  /** Encodes one frame; the target has room for the worst case. */
  int encode(ByteSpan decoded, byte[] target, int to, CodecScratch scratch) {
    ZstdCompressCtx context = scratch.zstdCompressor();
    context.setLevel(level);
    context.setChecksum(checksum);
    return context.compressByteArray(
        target, to, target.length - to, decoded.array(), decoded.offset(), decoded.length());
  }

  @Override
  public long maxEncodedLength(long decodedLength) {
    ZstdLibrary.load();
    return Zstd.compressBound(decodedLength) + decodedLength / 128 + 1024;
  }
}
