// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

/** Zlib streams (RFC 1950), level 0 to 9. */
record ZlibCodec(int level) implements BytesCodec {

  @Override
  public String name() {
    return "zlib";
  }

  @Override
  public ByteSpan decode(ByteSpan encoded, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    Inflation inflation = new Inflation(name(), scratch.inflater(DeflateFraming.ZLIB), encoded);
    byte[] target = workspace.array();
    int length = inflation.readAll(target, 0, workspace.capacity());
    if (inflation.rest().length() > 0) {
      throw new DamagedDataException(
          "zlib: " + inflation.rest().length() + " bytes follow the end of the stream");
    }
    return new ByteSpan(target, 0, length);
  }

  @Override
  public ByteSpan encode(ByteSpan decoded, Workspace workspace, CodecScratch scratch) {
    byte[] target = workspace.array();
    int end = Deflation.write(scratch.deflater(DeflateFraming.ZLIB, level), decoded, target, 0);
    return new ByteSpan(target, 0, end);
  }

  @Override
  public long maxEncodedLength(long decodedLength) {
    return Deflation.maxLength(decodedLength);
  }
}
