// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.OptionalLong;

/** A codec from bytes to bytes. Implementations are immutable and safe for several threads. */
interface BytesCodec {

  /** The name in error messages. */
  String name();

  /**
   * Decodes into the workspace, or returns a part of the input.
   *
   * @throws DamagedDataException if the bytes are not this codec's or give more than the capacity
   */
  ByteSpan decode(ByteSpan encoded, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException;

  /**
   * The same where only the start of the result is looked at: the rest of it may be arbitrary.
   *
   * @param needed bytes from the start
   * @return as long as the whole result
   */
  default ByteSpan decodeStart(
      ByteSpan encoded, int needed, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    return decode(encoded, workspace, scratch);
  }

  /** Encodes into the workspace, whose capacity is {@link #maxEncodedLength} of the input. */
  ByteSpan encode(ByteSpan decoded, Workspace workspace, CodecScratch scratch);

  /** Bytes of an element, of which there must be whole ones; 1 where bytes are bytes. */
  default int elementBytes() {
    return 1;
  }

  /** No known writer makes more than this of so many bytes. */
  long maxEncodedLength(long decodedLength);

  /** The encoded length where it depends on nothing but the decoded length. */
  default OptionalLong fixedEncodedLength(long decodedLength) {
    return OptionalLong.empty();
  }

  /**
   * Decoded length of these bytes, without decoding them where the format states it.
   *
   * @throws DamagedDataException if they are not this codec's, or the length is above the limit
   */
  default int decodedLength(ByteSpan encoded, int limit, CodecScratch scratch)
      throws DamagedDataException {
    for (long capacity = 1 << 16; ; capacity *= 4) {
      try {
        Workspace trial = scratch.workspace(ScratchSlot.TRIAL, (int) Math.min(limit, capacity));
        return decode(encoded, trial, scratch).length();
      } catch (TooLongException tooLong) {
        if (capacity >= limit) {
          throw tooLong;
        }
      }
    }
  }
}
