// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.OptionalLong;

/**
 * The first bytes of all elements, then their second bytes, and so on ({@code numcodecs.Shuffle}).
 *
 * @param width bytes of an element, from 1 on
 */
record ShuffleFilter(int width) implements BytesCodec {

  @Override
  public String name() {
    return "shuffle";
  }

  @Override
  public ByteSpan decode(ByteSpan encoded, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    if (encoded.length() % width != 0) {
      throw new DamagedDataException(
          "shuffle: " + encoded.length() + " bytes are no elements of " + width + " bytes");
    }
    if (encoded.length() > workspace.capacity()) {
      throw new TooLongException(name(), workspace.capacity());
    }
    byte[] target = workspace.array();
    ByteShuffle.unshuffle(encoded.array(), encoded.offset(), target, 0, width, encoded.length());
    return new ByteSpan(target, 0, encoded.length());
  }

  @Override
  public ByteSpan encode(ByteSpan decoded, Workspace workspace, CodecScratch scratch) {
    byte[] target = workspace.array();
    ByteShuffle.shuffle(decoded.array(), decoded.offset(), target, 0, width, decoded.length());
    return new ByteSpan(target, 0, decoded.length());
  }

  @Override
  public int elementBytes() {
    return width;
  }

  @Override
  public long maxEncodedLength(long decodedLength) {
    return decodedLength;
  }

  @Override
  public OptionalLong fixedEncodedLength(long decodedLength) {
    return OptionalLong.of(decodedLength);
  }
}
