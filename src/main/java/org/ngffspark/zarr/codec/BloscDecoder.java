// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Decodes one Blosc frame. Every offset and length in it is checked before it is used. */
final class BloscDecoder {
  private final ByteSpan frame;
  private final ByteBuffer numbers;
  private final BloscHeader header;
  private final BloscCompressor compressor;
  private final CodecScratch scratch;

  BloscDecoder(ByteSpan frame, BloscHeader header, CodecScratch scratch)
      throws DamagedDataException {
    this.frame = frame;
    this.header = header;
    this.compressor = BloscCompressor.ofFormat(header.format());
    this.scratch = scratch;
    this.numbers =
        ByteBuffer.wrap(frame.array(), frame.offset(), frame.length())
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Decodes blocks to the start of the target, which is long enough for all of them.
   *
   * @param needed bytes from the start; no block behind them is decoded
   */
  void decode(byte[] target, int needed) throws DamagedDataException {
    for (int block = 0; block < header.blocks(); block++) {
      int at = block * header.blockLength();
      if (at >= needed) {
        break;
      }
      decodeBlock(block, target, at);
    }
  }

  private void decodeBlock(int block, byte[] target, int to) throws DamagedDataException {
    int length = header.blockLength(block);
    if (header.shuffle().moves(header.width(), length)) {
      byte[] shuffled = scratch.buffer(ScratchSlot.BLOCK, length);
      decodeStreams(block, shuffled, 0, length);
      header
          .shuffle()
          .unshuffle(shuffled, new ByteSpan(target, to, length), header.width(), scratch);
    } else {
      decodeStreams(block, target, to, length);
    }
  }

  private void decodeStreams(int block, byte[] target, int to, int length)
      throws DamagedDataException {
    int streams = header.streams(block);
    if (length % streams != 0) {
      throw new DamagedDataException(
          "blosc: blocks of " + length + " bytes cannot be split into " + streams + " streams");
    }
    int streamLength = length / streams;
    int at = numbers.getInt(BloscHeader.BYTES + Integer.BYTES * block);
    for (int i = 0; i < streams; i++) {
      ByteSpan stream = stream(at, block);
      decodeStream(stream, target, to + i * streamLength, streamLength);
      at += Integer.BYTES + stream.length();
    }
  }

  private ByteSpan stream(int at, int block) throws DamagedDataException {
    if (at < header.tableEnd() || at > frame.length() - Integer.BYTES) {
      throw new DamagedDataException(
          "blosc: block " + block + " starts at " + at + ", outside of the frame");
    }
    int length = numbers.getInt(at);
    int start = at + Integer.BYTES;
    if (length < 0 || length > frame.length() - start) {
      throw new DamagedDataException(
          "blosc: block " + block + " holds a stream of " + length + " bytes, more than follow");
    }
    return new ByteSpan(frame.array(), frame.offset() + start, length);
  }

  private void decodeStream(ByteSpan stream, byte[] target, int to, int length)
      throws DamagedDataException {
    if (stream.length() == length) {
      System.arraycopy(stream.array(), stream.offset(), target, to, length);
      return;
    }
    int decoded = compressor.decode(stream, target, to, length, scratch);
    if (decoded != length) {
      throw new DamagedDataException(
          "blosc: a stream decodes to " + decoded + " bytes, must be " + length);
    }
  }
}
