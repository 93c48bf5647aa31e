// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Frames that lie, one lie at a time. */
class BloscFrameTest {
  private static final int LENGTH = 400_000;
  private static final int BLOCK = 32_768;
  private static final BloscCodec CODEC =
      new BloscCodec(BloscCompressor.LZ4, 5, BloscShuffle.BYTES, 2, BLOCK);

  private final CodecScratch scratch = new CodecScratch();
  private final byte[] content = Content.RUNS.bytes(LENGTH, new SplittableRandom(3));
  private final byte[] frame = encode();

  private byte[] encode() {
    int capacity = (int) CODEC.maxEncodedLength(LENGTH);
    ByteSpan encoded =
        CODEC.encode(
            new ByteSpan(content, 0, LENGTH),
            scratch.workspace(ScratchSlot.FIRST_STAGE, capacity),
            scratch);
    return Arrays.copyOfRange(encoded.array(), encoded.offset(), encoded.end());
  }

  private ByteSpan decode(byte[] bytes) throws DamagedDataException {
    return decode(bytes, LENGTH);
  }

  private ByteSpan decode(byte[] bytes, int capacity) throws DamagedDataException {
    return CODEC.decode(
        new ByteSpan(bytes, 0, bytes.length),
        scratch.workspace(ScratchSlot.FIRST_STAGE, capacity),
        scratch);
  }

  private byte[] withByte(int at, int value) {
    byte[] copy = frame.clone();
    copy[at] = (byte) value;
    return copy;
  }

  private byte[] withInt(int at, int value) {
    byte[] copy = frame.clone();
    ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return copy;
  }

  private void check(byte[] bytes, String problem) {
    assertThatThrownBy(() -> decode(bytes))
        .isInstanceOf(DamagedDataException.class)
        .hasMessage("blosc: " + problem);
  }

  @Test
  void theFrameItselfIsSound() throws Exception {
    assertThat(decode(frame).length()).isEqualTo(LENGTH);
    assertThat(frame[2]).isEqualTo((byte) (1 << 5 | 1));
  }

  /** The offset of the fourth block points nowhere. */
  @Test
  void blocksBehindTheNeededStartAreNotLookedAt() throws Exception {
    byte[] damaged = withInt(16 + 3 * Integer.BYTES, -1);
    assertThatThrownBy(() -> decode(damaged)).isInstanceOf(DamagedDataException.class);
    int block = BloscBlocks.length(CODEC, LENGTH);
    for (int needed : new int[] {1, block, 3 * block - 1, 3 * block}) {
      ByteSpan decoded =
          CODEC.decodeStart(
              new ByteSpan(damaged, 0, damaged.length),
              needed,
              scratch.workspace(ScratchSlot.FIRST_STAGE, LENGTH),
              scratch);
      assertThat(decoded.length()).isEqualTo(LENGTH);
      assertThat(Arrays.copyOf(decoded.array(), needed)).isEqualTo(Arrays.copyOf(content, needed));
    }
    assertThatThrownBy(
            () ->
                CODEC.decodeStart(
                    new ByteSpan(damaged, 0, damaged.length),
                    3 * block + 1,
                    scratch.workspace(ScratchSlot.FIRST_STAGE, LENGTH),
                    scratch))
        .isInstanceOf(DamagedDataException.class);
  }

  @Test
  void aHeaderThatLiesIsRefused() {
    check(Arrays.copyOf(frame, 15), "ends within the header, after 15 bytes");
    check(withByte(0, 5), "format version is 5, must be 2");
    check(withByte(1, 2), "compressor version is 2, must be 1");
    check(withByte(2, 1 << 5 | 8), "header has unknown flags 0x28");
    check(withByte(2, 1 << 5 | 5), "header has byte and bit shuffle at once");
    check(
        withByte(2, 2 << 5 | 1),
        "unknown compressor number 2; supported are 0 (blosclz), 1 (lz4, lz4hc), 3 (zlib), 4 (zstd)");
    check(withByte(3, 0), "header states an element size of 0");
    check(withInt(4, -1), "header states a content of -1 bytes");
    check(withInt(4, LENGTH + 1), "decodes to more than the 400000 bytes that can be");
    check(withInt(4, Integer.MAX_VALUE), "decodes to more than the 400000 bytes that can be");
    check(withInt(8, 0), "header states blocks of 0");
    check(withInt(8, -5), "header states blocks of -5");
    check(withInt(8, LENGTH + 1), "header states blocks of 400001");
    check(withInt(8, 1), "table of 400000 blocks does not fit");
    check(
        withInt(12, frame.length - 1),
        "header states " + (frame.length - 1) + " bytes, there are " + frame.length);
    check(withByte(2, 1 << 5 | 3), "holds 400000 bytes stored as " + frame.length);
  }

  @Test
  void blocksThatReachOutsideAreRefused() {
    check(withInt(16, 0), "block 0 starts at 0, outside of the frame");
    check(withInt(20, -9), "block 1 starts at -9, outside of the frame");
    check(
        withInt(24, frame.length - 3),
        "block 2 starts at " + (frame.length - 3) + ", outside of the frame");
    check(withInt(28, Integer.MAX_VALUE), "block 3 starts at 2147483647, outside of the frame");
    int first = 16 + 4 * 7;
    check(withInt(first, -1), "block 0 holds a stream of -1 bytes, more than follow");
    check(
        withInt(first, frame.length),
        "block 0 holds a stream of " + frame.length + " bytes, more than follow");
  }

  @Test
  void blocksThatCannotBeSplitAreRefused() {
    check(withByte(3, 7), "blocks of 65536 bytes cannot be split into 7 streams");
  }

  @Test
  void otherLengthsThanStatedAreRefused() {
    check(withInt(4, LENGTH - 2), "an lz4 stream is damaged");
    assertThatThrownBy(() -> decode(withInt(4, LENGTH + 2), LENGTH + 2))
        .isInstanceOf(DamagedDataException.class)
        .hasMessage("blosc: a stream decodes to 6784 bytes, must be 6786");
  }
}
