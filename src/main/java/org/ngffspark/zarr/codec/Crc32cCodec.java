// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/** Zarr v3 {@code crc32c}: the bytes, then their CRC-32C as a little-endian 32-bit number. */
record Crc32cCodec() implements BytesCodec {
  private static final int CHECKSUM_BYTES = 4;

  @Override
  public String name() {
    return "crc32c";
  }

  @Override
  public ByteSpan decode(ByteSpan encoded, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    if (encoded.length() < CHECKSUM_BYTES) {
      throw new DamagedDataException(
          "crc32c: " + encoded.length() + " bytes are too few to hold a checksum");
    }
    ByteSpan content = encoded.first(encoded.length() - CHECKSUM_BYTES);
    int stored = trailer(encoded.array()).getInt(content.end());
    int computed = checksum(content);
    if (stored != computed) {
      throw new DamagedDataException(
          String.format("crc32c: checksum is %08x but the content has %08x", stored, computed));
    }
    return content;
  }

  @Override
  public ByteSpan encode(ByteSpan decoded, Workspace workspace, CodecScratch scratch) {
    byte[] target = workspace.array();
    System.arraycopy(decoded.array(), decoded.offset(), target, 0, decoded.length());
    trailer(target).putInt(decoded.length(), checksum(decoded));
    return new ByteSpan(target, 0, decoded.length() + CHECKSUM_BYTES);
  }

  private static ByteBuffer trailer(byte[] array) {
    return ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int checksum(ByteSpan span) {
    CRC32C crc = new CRC32C();
    crc.update(span.array(), span.offset(), span.length());
    return (int) crc.getValue();
  }

  @Override
  public long maxEncodedLength(long decodedLength) {
    return decodedLength + CHECKSUM_BYTES;
  }

  @Override
  public OptionalLong fixedEncodedLength(long decodedLength) {
    return OptionalLong.of(decodedLength + CHECKSUM_BYTES);
  }
}
