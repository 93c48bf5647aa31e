// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

/** Stand-in. */
record BloscCodec(int level) implements BytesCodec {
  static BloscCodec ofV3(CodecSettings settings, int elementBytes) {
    throw settings.problem("is not there yet");
  }

  static BloscCodec ofV2(CodecSettings settings, int elementBytes) {
    throw settings.problem("is not there yet");
  }

  @Override
  public String name() {
    return "blosc";
  }

  @Override
  public ByteSpan decode(ByteSpan encoded, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    throw new DamagedDataException("blosc");
  }

  @Override
  public ByteSpan encode(ByteSpan decoded, Workspace workspace, CodecScratch scratch) {
    throw new IllegalStateException("blosc");
  }

  @Override
  public long maxEncodedLength(long decodedLength) {
    return decodedLength;
  }
}
