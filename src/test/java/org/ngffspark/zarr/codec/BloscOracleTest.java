// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.scalableminds.bloscjava.Blosc;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our Blosc frames against those of c-blosc, in both directions. */
class BloscOracleTest {
  private static final int[] WIDTHS = {1, 2, 3, 4, 5, 8, 16, 17, 255};
  private static final int[] LENGTHS = {
    1, 7, 16, 127, 128, 129, 1000, 1024, 4096, 32768, 65537, 131072, 300_001, 1_500_000
  };

  private final CodecScratch scratch = new CodecScratch();

  @ParameterizedTest
  @EnumSource(BloscCompressor.class)
  void framesOfOneAreReadByTheOther(BloscCompressor compressor) throws Exception {
    long seed = 20;
    SplittableRandom random = new SplittableRandom(seed);
    for (BloscShuffle shuffle : BloscShuffle.values()) {
      for (int width : WIDTHS) {
        for (int length : LENGTHS) {
          Content content = Content.values()[random.nextInt(Content.values().length)];
          int level = random.nextInt(compressor == BloscCompressor.ZSTD ? 7 : 10);
          int blockLength = random.nextInt(4) == 0 ? random.nextInt(1, 200_000) : 0;
          BloscCodec codec = new BloscCodec(compressor, level, shuffle, width, blockLength);
          checkBoth(codec, content.bytes(length, random), codec + " " + content + " " + length);
        }
      }
    }
  }

  private void checkBoth(BloscCodec codec, byte[] content, String what) throws Exception {
    byte[] theirs = encodeByOracle(codec, content);
    assertThat(Arrays.equals(decode(codec, theirs, content.length), content))
        .as("decoding c-blosc's frame of %s", what)
        .isTrue();
    byte[] ours = encode(codec, content);
    assertThat(Arrays.equals(Blosc.decompress(ours), content))
        .as("c-blosc decoding ours of %s", what)
        .isTrue();
    assertThat(Arrays.equals(decode(codec, ours, content.length), content))
        .as("decoding ours of %s", what)
        .isTrue();
    assertThat((long) ours.length)
        .as("length of ours of %s", what)
        .isLessThanOrEqualTo(content.length + (long) BloscHeader.BYTES);
  }

  @Test
  void shufflesAndHeadersAreThoseOfTheOracleWhereTheCompressorIsDeterministic() throws Exception {
    SplittableRandom random = new SplittableRandom(4);
    for (BloscShuffle shuffle : BloscShuffle.values()) {
      for (int width : WIDTHS) {
        byte[] content = Content.RUNS.bytes(100_000, random);
        BloscCodec codec = new BloscCodec(BloscCompressor.LZ4, 9, shuffle, width, 0);
        BloscHeader ours = BloscHeader.read(span(encode(codec, content)), content.length);
        BloscHeader theirs = BloscHeader.read(span(encodeByOracle(codec, content)), content.length);
        assertThat(ours.blockLength()).as("block of %s", codec).isEqualTo(theirs.blockLength());
        assertThat(ours.split()).as("split of %s", codec).isEqualTo(theirs.split());
        assertThat(ours.shuffle()).as("shuffle of %s", codec).isEqualTo(theirs.shuffle());
      }
    }
  }

  @Test
  void blocksAreThoseOfTheOracleAtEveryLevel() throws Exception {
    byte[] content = Content.RUNS.bytes(3_000_000, new SplittableRandom(5));
    for (BloscCompressor compressor : BloscCompressor.values()) {
      for (int level = 1; level < 8; level++) {
        for (int width : new int[] {1, 2, 4, 8}) {
          BloscCodec codec = new BloscCodec(compressor, level, BloscShuffle.BYTES, width, 0);
          BloscHeader theirs =
              BloscHeader.read(span(encodeByOracle(codec, content)), content.length);
          assertThat(BloscBlocks.length(codec, content.length))
              .as("block of %s", codec)
              .isEqualTo(theirs.blockLength());
        }
      }
    }
  }

  private byte[] encode(BloscCodec codec, byte[] content) {
    int capacity = (int) codec.maxEncodedLength(content.length);
    ByteSpan frame =
        codec.encode(span(content), scratch.workspace(ScratchSlot.FIRST_STAGE, capacity), scratch);
    return Arrays.copyOfRange(frame.array(), frame.offset(), frame.end());
  }

  private byte[] decode(BloscCodec codec, byte[] frame, int length) throws DamagedDataException {
    ByteSpan content =
        codec.decode(span(frame), scratch.workspace(ScratchSlot.FIRST_STAGE, length), scratch);
    return Arrays.copyOfRange(content.array(), content.offset(), content.end());
  }

  private static ByteSpan span(byte[] bytes) {
    return new ByteSpan(bytes, 0, bytes.length);
  }

  private static byte[] encodeByOracle(BloscCodec codec, byte[] content) {
    return Blosc.compress(
        content,
        codec.width(),
        Blosc.Compressor.valueOf(codec.compressor().name()),
        codec.level(),
        switch (codec.shuffle()) {
          case NONE -> Blosc.Shuffle.NO_SHUFFLE;
          case BYTES -> Blosc.Shuffle.BYTE_SHUFFLE;
          case BITS -> Blosc.Shuffle.BIT_SHUFFLE;
        },
        codec.blockLength());
  }
}
