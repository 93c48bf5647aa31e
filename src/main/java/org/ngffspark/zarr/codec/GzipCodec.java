// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Gzip files (RFC 1952) of one or more members, level 0 to 9. */
record GzipCodec(int level) implements BytesCodec {
  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int MAGIC = 0x8b1f;
  private static final int DEFLATE = 8;
  private static final int HAS_HEADER_CRC = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int RESERVED = 0xe0;

  @Override
  public String name() {
    return "gzip";
  }

  @Override
  public ByteSpan decode(ByteSpan encoded, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    byte[] target = workspace.array();
    int length = 0;
    ByteSpan rest = encoded;
    do {
      Inflation inflation =
          new Inflation(name(), scratch.inflater(DeflateFraming.RAW), skipHeader(rest));
      int produced = inflation.readAll(target, length, workspace.capacity());
      rest = inflation.rest();
      checkTrailer(rest, new ByteSpan(target, length, produced));
      rest = rest.skip(TRAILER_BYTES);
      length += produced;
    } while (rest.length() > 0);
    return new ByteSpan(target, 0, length);
  }

  private static ByteSpan skipHeader(ByteSpan span) throws DamagedDataException {
    if (span.length() < HEADER_BYTES) {
      throw new DamagedDataException("gzip: header ends early");
    }
    ByteBuffer buffer =
        ByteBuffer.wrap(span.array(), span.offset(), span.length()).order(ByteOrder.LITTLE_ENDIAN);
    int magic = Short.toUnsignedInt(buffer.getShort());
    int method = buffer.get();
    int flags = Byte.toUnsignedInt(buffer.get());
    if (magic != MAGIC || method != DEFLATE || (flags & RESERVED) != 0) {
      throw new DamagedDataException("gzip: not a gzip header");
    }
    int length = HEADER_BYTES;
    if ((flags & HAS_EXTRA) != 0) {
      length += 2 + (span.length() < length + 2 ? 0 : shortAt(span, length));
    }
    if ((flags & HAS_NAME) != 0) {
      length = endOfText(span, length);
    }
    if ((flags & HAS_COMMENT) != 0) {
      length = endOfText(span, length);
    }
    if ((flags & HAS_HEADER_CRC) != 0) {
      length += 2;
    }
    if (length > span.length()) {
      throw new DamagedDataException("gzip: header ends early");
    }
    return span.skip(length);
  }

  private static int shortAt(ByteSpan span, int at) {
    int low = Byte.toUnsignedInt(span.array()[span.offset() + at]);
    int high = Byte.toUnsignedInt(span.array()[span.offset() + at + 1]);
    return low | high << 8;
  }

  private static int endOfText(ByteSpan span, int from) {
    int at = from;
    while (at < span.length() && span.array()[span.offset() + at] != 0) {
      at++;
    }
    return at + 1;
  }

  private static void checkTrailer(ByteSpan trailer, ByteSpan content) throws DamagedDataException {
    if (trailer.length() < TRAILER_BYTES) {
      throw new DamagedDataException("gzip: checksum ends early");
    }
    ByteBuffer buffer = ByteBuffer.wrap(trailer.array()).order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.getInt(trailer.offset()) != checksum(content)) {
      throw new DamagedDataException("gzip: checksum does not fit the content");
    }
    if (buffer.getInt(trailer.offset() + Integer.BYTES) != content.length()) {
      throw new DamagedDataException("gzip: length does not fit the content");
    }
  }

  private static int checksum(ByteSpan content) {
    CRC32 crc = new CRC32();
    crc.update(content.array(), content.offset(), content.length());
    return (int) crc.getValue();
  }

  @Override
  public ByteSpan encode(ByteSpan decoded, Workspace workspace, CodecScratch scratch) {
    byte[] target = workspace.array();
    ByteBuffer buffer = ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN);
    // No time and no file system in the header: equal chunks give equal bytes.
    buffer.putShort((short) MAGIC).put((byte) DEFLATE).put((byte) 0).putInt(0);
    buffer.put((byte) 0).put((byte) 0xff);
    int end =
        Deflation.write(scratch.deflater(DeflateFraming.RAW, level), decoded, target, HEADER_BYTES);
    buffer.putInt(end, checksum(decoded));
    buffer.putInt(end + Integer.BYTES, decoded.length());
    return new ByteSpan(target, 0, end + TRAILER_BYTES);
  }

  @Override
  public long maxEncodedLength(long decodedLength) {
    return Deflation.maxLength(decodedLength);
  }
}
