// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Exception;

/** Zarr v2 {@code lz4}: the decoded length as a little-endian 32-bit number, then one LZ4 block. */
record Lz4Codec() implements BytesCodec {
  private static final int HEADER_BYTES = 4;

  @Override
  public String name() {
    return "lz4";
  }

  @Override
  public ByteSpan decode(ByteSpan encoded, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    int length = decodedLength(encoded, workspace.capacity(), scratch);
    byte[] target = workspace.array();
    ByteSpan block = encoded.skip(HEADER_BYTES);
    int decoded;
    try {
      decoded =
          Lz4Blocks.decompressor()
              .decompress(block.array(), block.offset(), block.length(), target, 0, length);
    } catch (LZ4Exception damage) {
      throw new DamagedDataException("lz4: not a block of " + length + " bytes", damage);
    }
    if (decoded != length) {
      throw new DamagedDataException(
          "lz4: header states " + length + " bytes but the block holds " + decoded);
    }
    return new ByteSpan(target, 0, length);
  }

  @Override
  public ByteSpan encode(ByteSpan decoded, Workspace workspace, CodecScratch scratch) {
    byte[] target = workspace.array();
    ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN).putInt(0, decoded.length());
    int length = Lz4Blocks.encode(Lz4Blocks.compressor(), decoded, target, HEADER_BYTES);
    return new ByteSpan(target, 0, HEADER_BYTES + length);
  }

  @Override
  public long maxEncodedLength(long decodedLength) {
    return HEADER_BYTES + decodedLength + decodedLength / 255 + 64;
  }

  @Override
  public int decodedLength(ByteSpan encoded, int limit, CodecScratch scratch)
      throws DamagedDataException {
    if (encoded.length() < HEADER_BYTES) {
      throw new DamagedDataException(
          "lz4: " + encoded.length() + " bytes are too few to hold the header");
    }
    int length =
        ByteBuffer.wrap(encoded.array()).order(ByteOrder.LITTLE_ENDIAN).getInt(encoded.offset());
    if (length < 0 || length > limit) {
      throw new DamagedDataException(
          "lz4: header states "
              + Integer.toUnsignedLong(length)
              + " bytes, more than the "
              + limit
              + " that can be");
    }
    return length;
  }
}
