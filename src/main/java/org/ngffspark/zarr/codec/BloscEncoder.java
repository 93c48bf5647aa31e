// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes one Blosc frame, in blocks as c-blosc 1.21 would choose them. */
final class BloscEncoder {
  private final BloscCodec codec;
  private final ByteSpan source;
  private final byte[] target;
  private final ByteBuffer numbers;
  private final CodecScratch scratch;

  /**
   * @param target has room for the source and a header
   */
  BloscEncoder(BloscCodec codec, ByteSpan source, byte[] target, CodecScratch scratch) {
    this.codec = codec;
    this.source = source;
    this.target = target;
    this.numbers = ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN);
    this.scratch = scratch;
  }

  /** Returns the length of the frame, at most that of the source and a header. */
  int encode() {
    BloscHeader draft = header(false, 0);
    if (codec.level() == 0 || source.length() < BloscBlocks.MIN_LENGTH) {
      return store();
    }
    int end = encodeBlocks(draft);
    if (end < 0) {
      return store();
    }
    header(false, end).write(target);
    return end;
  }

  private BloscHeader header(boolean stored, int frameLength) {
    int blockLength = BloscBlocks.length(codec, source.length());
    return new BloscHeader(
        codec.compressor().format(),
        codec.shuffle(),
        stored,
        BloscBlocks.splits(codec, blockLength),
        codec.width(),
        source.length(),
        blockLength,
        frameLength);
  }

  private int store() {
    int frameLength = BloscHeader.BYTES + source.length();
    header(true, frameLength).write(target);
    System.arraycopy(source.array(), source.offset(), target, BloscHeader.BYTES, source.length());
    return frameLength;
  }

  /** Returns where the frame ends; -1 if it would not be shorter than the stored source. */
  private int encodeBlocks(BloscHeader header) {
    long end = header.tableEnd();
    for (int block = 0; block < header.blocks() && end >= 0; block++) {
      if (end > limit()) {
        return -1;
      }
      numbers.putInt(BloscHeader.BYTES + Integer.BYTES * block, (int) end);
      end = encodeBlock(header, block, (int) end);
    }
    return (int) end;
  }

  private int limit() {
    return BloscHeader.BYTES + source.length();
  }

  private int encodeBlock(BloscHeader header, int block, int at) {
    int length = header.blockLength(block);
    ByteSpan bytes = source.skip(block * header.blockLength()).first(length);
    if (codec.shuffle().moves(codec.width(), length)) {
      byte[] shuffled = scratch.buffer(ScratchSlot.BLOCK, length);
      codec.shuffle().shuffle(bytes, shuffled, codec.width(), scratch);
      bytes = new ByteSpan(shuffled, 0, length);
    }
    int streams = header.streams(block);
    int streamLength = length / streams;
    int end = at;
    for (int i = 0; i < streams && end >= 0; i++) {
      end = encodeStream(bytes.skip(i * streamLength).first(streamLength), end);
    }
    return end;
  }

  /** Returns where the stream ends; -1 if it does not fit. */
  private int encodeStream(ByteSpan stream, int at) {
    int start = at + Integer.BYTES;
    int room = limit() - start;
    int length;
    if (room >= BloscCompressor.maxLength(stream.length())) {
      length = codec.compressor().encode(stream, target, start, codec.level(), scratch);
    } else {
      byte[] aside = scratch.buffer(ScratchSlot.STREAM, BloscCompressor.maxLength(stream.length()));
      length = codec.compressor().encode(stream, aside, 0, codec.level(), scratch);
      if (length <= room && room > 0) {
        System.arraycopy(aside, 0, target, start, length);
      }
    }
    int written = length == 0 ? stream.length() : length;
    if (written > room) {
      return -1;
    }
    if (length == 0) {
      System.arraycopy(stream.array(), stream.offset(), target, start, written);
    }
    numbers.putInt(at, written);
    return start + written;
  }
}
