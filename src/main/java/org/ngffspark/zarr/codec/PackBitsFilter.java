// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Eight booleans in a byte, the first in its highest bit, after a byte that tells how many bits of
 * the last one are not used ({@code numcodecs.PackBits}).
 */
record PackBitsFilter() implements BytesCodec {

  @Override
  public String name() {
    return "packbits";
  }

  @Override
  public ByteSpan decode(ByteSpan encoded, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    int unused = encoded.length() == 0 ? -1 : encoded.array()[encoded.offset()];
    long count = (encoded.length() - 1L) * Byte.SIZE - unused;
    if (unused < 0 || unused >= Byte.SIZE || count < 0) {
      throw new DamagedDataException(
          "packbits: " + encoded.length() + " bytes of which " + unused + " bits are not used");
    }
    if (count > workspace.capacity()) {
      throw new TooLongException(name(), workspace.capacity());
    }
    byte[] target = workspace.array();
    for (int i = 0; i < count; i++) {
      byte bits = encoded.array()[encoded.offset() + 1 + i / Byte.SIZE];
      target[i] = (byte) (bits >>> (Byte.SIZE - 1 - i % Byte.SIZE) & 1);
    }
    return new ByteSpan(target, 0, (int) count);
  }

  @Override
  public ByteSpan encode(ByteSpan decoded, Workspace workspace, CodecScratch scratch) {
    int length = (int) maxEncodedLength(decoded.length());
    byte[] target = workspace.array();
    Arrays.fill(target, 0, length, (byte) 0);
    target[0] = (byte) ((length - 1) * Byte.SIZE - decoded.length());
    for (int i = 0; i < decoded.length(); i++) {
      if (decoded.array()[decoded.offset() + i] != 0) {
        target[1 + i / Byte.SIZE] |= (byte) (1 << (Byte.SIZE - 1 - i % Byte.SIZE));
      }
    }
    return new ByteSpan(target, 0, length);
  }

  @Override
  public long maxEncodedLength(long decodedLength) {
    return 1 + (decodedLength + Byte.SIZE - 1) / Byte.SIZE;
  }

  @Override
  public OptionalLong fixedEncodedLength(long decodedLength) {
    return OptionalLong.of(maxEncodedLength(decodedLength));
  }
}
