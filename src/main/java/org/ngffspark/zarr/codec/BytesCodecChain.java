// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.List;
import java.util.OptionalLong;
import org.ngffspark.zarr.store.FormatException;

/** Bytes-to-bytes codecs in the order of encoding. */
final class BytesCodecChain {
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final List<BytesCodec> codecs;

  BytesCodecChain(List<BytesCodec> codecs) {
    this.codecs = List.copyOf(codecs);
  }

  /**
   * The chain for content of one length.
   *
   * @throws FormatException if a codec would have to split an element
   */
  static BytesCodecChain of(List<BytesCodec> codecs, long length, String location) {
    OptionalLong left = OptionalLong.of(length);
    for (BytesCodec codec : codecs) {
      if (left.orElse(0) % codec.elementBytes() != 0) {
        throw new FormatException(
            location,
            "codec '%s' takes elements of %d bytes, and gets %d bytes"
                .formatted(codec.name(), codec.elementBytes(), left.getAsLong()));
      }
      left = left.isPresent() ? codec.fixedEncodedLength(left.getAsLong()) : left;
    }
    return new BytesCodecChain(codecs);
  }

  boolean changesElements() {
    return codecs.stream().anyMatch(ElementFilter.class::isInstance);
  }

  /**
   * Undoes all codecs.
   *
   * @param length the most that there can be in the end
   * @param direct takes the end result if it is long enough; a codec may return a part of its input
   *     instead
   */
  ByteSpan decode(ByteSpan encoded, int length, byte[] direct, CodecScratch scratch)
      throws DamagedDataException {
    return decode(encoded, length, length, direct, scratch);
  }

  /**
   * The same where only the start is looked at.
   *
   * @param needed bytes of the end result; the others may be arbitrary
   */
  ByteSpan decode(ByteSpan encoded, int length, int needed, byte[] direct, CodecScratch scratch)
      throws DamagedDataException {
    ByteSpan span = encoded;
    for (int i = codecs.size() - 1; i >= 0; i--) {
      Workspace workspace =
          i == 0 && direct.length >= length
              ? new GivenWorkspace(direct, length)
              : stage(i, maxLengthBefore(i, length), scratch);
      span =
          i == 0
              ? codecs.get(0).decodeStart(span, needed, workspace, scratch)
              : codecs.get(i).decode(span, workspace, scratch);
    }
    return span;
  }

  /** Undoes all codecs where the length is not known: every step is as long as its input says. */
  ByteSpan decode(ByteSpan encoded, int limit, CodecScratch scratch) throws DamagedDataException {
    ByteSpan span = encoded;
    for (int i = codecs.size() - 1; i >= 0; i--) {
      int length = codecs.get(i).decodedLength(span, limit, scratch);
      span = codecs.get(i).decode(span, stage(i, length, scratch), scratch);
    }
    return span;
  }

  ByteSpan encode(ByteSpan decoded, CodecScratch scratch) {
    ByteSpan span = decoded;
    for (int i = 0; i < codecs.size(); i++) {
      BytesCodec codec = codecs.get(i);
      span = codec.encode(span, stage(i, codec.maxEncodedLength(span.length()), scratch), scratch);
    }
    return span;
  }

  private static Workspace stage(int codec, long capacity, CodecScratch scratch) {
    return scratch.workspace(ScratchSlot.FIRST_STAGE + codec, (int) Math.min(capacity, MAX_ARRAY));
  }

  private long maxLengthBefore(int codec, long length) {
    long bound = length;
    for (BytesCodec before : codecs.subList(0, codec)) {
      bound = before.maxEncodedLength(bound);
    }
    return bound;
  }

  long maxEncodedLength(long length) {
    return maxLengthBefore(codecs.size(), length);
  }

  OptionalLong fixedEncodedLength(long length) {
    OptionalLong fixed = OptionalLong.of(length);
    for (BytesCodec codec : codecs) {
      if (fixed.isPresent()) {
        fixed = codec.fixedEncodedLength(fixed.getAsLong());
      }
    }
    return fixed;
  }

  private record GivenWorkspace(byte[] array, int capacity) implements Workspace {}
}
