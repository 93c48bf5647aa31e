// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

/**
 * Damaged chunks give a {@link FormatException} or, where nothing in the format can tell, a chunk;
 * never anything else, and never more memory than a chunk and a constant. More rounds: {@code
 * -Dngff.fuzz.iterations=100000}.
 */
class CodecFuzzTest {
  private static final int ROUNDS = Integer.getInteger("ngff.fuzz.iterations", 3000);
  private static final Shape CHUNK = Shape.of(40, 160);
  private static final DataType TYPE = DataType.UINT16;

  /** Tables and windows that a decoder makes whatever its input says; bzip2 has the largest. */
  private static final long CONSTANT = 12L << 20;

  private static final int[] LIES = {
    0,
    1,
    -1,
    2,
    127,
    128,
    255,
    256,
    12_799,
    12_801,
    1 << 20,
    1 << 30,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE
  };

  private final CodecScratch scratch = new CodecScratch();
  private int refused;

  private static List<CodecPipeline> pipelines() {
    List<CodecPipeline> pipelines = new ArrayList<>();
    Pipelines.v2Compressors().forEach(json -> pipelines.add(Pipelines.v2(json, TYPE, CHUNK)));
    pipelines.addAll(Pipelines.filtered(TYPE, CHUNK));
    Pipelines.v3Codecs().forEach(json -> pipelines.add(Pipelines.v3(json, TYPE, CHUNK)));
    Pipelines.n5Compressions().forEach(json -> pipelines.add(Pipelines.n5(json, TYPE, CHUNK)));
    return pipelines;
  }

  @Test
  void damagedChunksAreRefusedOrDecodedButNeverHarm() {
    List<CodecPipeline> pipelines = pipelines();
    for (long seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      CodecPipeline pipeline = pipelines.get(random.nextInt(pipelines.size()));
      Content content = Content.values()[random.nextInt(Content.values().length)];
      byte[] bytes = content.bytes(NdArray.byteLength(TYPE, CHUNK), random);
      byte[] encoded = Pipelines.bytes(pipeline.encode(NdArray.wrap(TYPE, CHUNK, bytes), scratch));
      int damages = random.nextInt(1, 4);
      for (int i = 0; i < damages; i++) {
        encoded = damage(encoded, random);
      }
      decode(pipeline, encoded, seed);
    }
    assertThat(refused).as("chunks that were refused").isGreaterThan(ROUNDS / 3);
  }

  private void decode(CodecPipeline pipeline, byte[] encoded, long seed) {
    NdArray into = NdArray.zeros(TYPE, CHUNK);
    CodecScratch fresh = new CodecScratch();
    long allocated =
        AllocatedBytes.during(
            () -> {
              try {
                pipeline.decode(ByteBuffer.wrap(encoded), into, fresh, "c/1/2");
              } catch (FormatException refusal) {
                refused++;
                assertThat(refusal).hasMessageStartingWith("Cannot read c/1/2: ");
              } catch (RuntimeException | Error wrong) {
                throw new AssertionError("seed " + seed + ", " + pipeline.toJson(), wrong);
              }
            });
    fresh.close();
    assertThat(allocated)
        .as("bytes allocated, seed %d, %s", seed, pipeline.toJson())
        .isLessThan(3L * into.bytes().length + CONSTANT);
  }

  private static byte[] damage(byte[] encoded, SplittableRandom random) {
    if (encoded.length == 0) {
      return encoded;
    }
    byte[] result = encoded.clone();
    int at = random.nextInt(random.nextBoolean() ? encoded.length : Math.min(32, encoded.length));
    switch (random.nextInt(6)) {
      case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> result[at] = (byte) random.nextInt();
      case 2 -> result = Arrays.copyOf(encoded, at);
      case 3 -> result = Arrays.copyOf(encoded, encoded.length + random.nextInt(1, 40));
      case 4 -> lie(result, at & -4, random);
      default -> {
        int length = Math.min(encoded.length - at, random.nextInt(1, 64));
        System.arraycopy(encoded, random.nextInt(encoded.length - length + 1), result, at, length);
      }
    }
    return result;
  }

  private static void lie(byte[] bytes, int at, SplittableRandom random) {
    if (at + Integer.BYTES <= bytes.length) {
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(at, LIES[random.nextInt(LIES.length)]);
    }
  }

  @Test
  void damagedStringsAreRefusedOrDecoded() {
    List<String> compressors = Pipelines.v2Compressors();
    String[] strings = new String[60];
    Arrays.setAll(strings, i -> "well " + (char) ('A' + i % 8) + i);
    for (long seed = 0; seed < ROUNDS / 3; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String compressor = compressors.get(random.nextInt(compressors.size()));
      StringPipeline pipeline =
          StringPipeline.ofV2(
              Pipelines.json(compressor),
              StringPipeline.defaultFilters(),
              Order.C,
              Shape.of(strings.length),
              ".zarray");
      byte[] encoded = damage(Pipelines.bytes(pipeline.encode(strings, scratch)), random);
      try {
        assertThat(pipeline.decode(ByteBuffer.wrap(encoded), scratch, "0")).hasSize(60);
      } catch (FormatException refusal) {
        refused++;
      } catch (RuntimeException wrong) {
        throw new AssertionError("seed " + seed + ", " + compressor, wrong);
      }
    }
    assertThat(refused).as("chunks that were refused").isGreaterThan(ROUNDS / 10);
  }

  @Test
  void bytesWithoutAnySenseAreRefused() {
    List<CodecPipeline> pipelines = pipelines();
    for (long seed = 0; seed < ROUNDS / 10; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] noise = Content.RANDOM.bytes(random.nextInt(1 << random.nextInt(1, 15)), random);
      for (CodecPipeline pipeline : pipelines) {
        decode(pipeline, noise, seed);
      }
    }
  }

  @Test
  void truncatedChunksAreAlwaysRefused() {
    SplittableRandom random = new SplittableRandom(1);
    for (CodecPipeline pipeline : pipelines()) {
      byte[] bytes = Content.RUNS.bytes(NdArray.byteLength(TYPE, CHUNK), random);
      byte[] encoded = Pipelines.bytes(pipeline.encode(NdArray.wrap(TYPE, CHUNK, bytes), scratch));
      for (int i = 0; i < 40; i++) {
        int length = i < 20 ? Math.min(i, encoded.length - 1) : random.nextInt(encoded.length);
        int before = refused;
        decode(pipeline, Arrays.copyOf(encoded, length), i);
        assertThat(refused).as("%s cut to %d", pipeline.toJson(), length).isEqualTo(before + 1);
      }
    }
  }

  @Test
  void bombsAreRefusedBeforeTheyUnfold() {
    Shape large = Shape.of(4500, 4500);
    List<String> compressors = new ArrayList<>(Pipelines.v2Compressors());
    compressors.remove("null");
    for (String compression : Pipelines.n5Compressions().subList(1, 10)) {
      byte[] bomb = n5Bomb(compression, large);
      int before = refused;
      decode(Pipelines.n5(compression, TYPE, CHUNK), bomb, 0);
      assertThat(refused).as("bomb of %s", compression).isEqualTo(before + 1);
    }
    for (String compressor : compressors) {
      byte[] bomb =
          Pipelines.bytes(
              Pipelines.v2(compressor, DataType.UINT8, large)
                  .encode(NdArray.zeros(DataType.UINT8, large), scratch));
      int before = refused;
      decode(Pipelines.v2(compressor, TYPE, CHUNK), bomb, 0);
      assertThat(refused).as("bomb of %s", compressor).isEqualTo(before + 1);
    }
  }

  /** A large block whose header states the lengths of a small one. */
  private byte[] n5Bomb(String compression, Shape large) {
    byte[] bomb =
        Pipelines.bytes(
            Pipelines.n5(compression, DataType.UINT8, large)
                .encode(NdArray.zeros(DataType.UINT8, large), scratch));
    ByteBuffer.wrap(bomb).putInt(4, (int) CHUNK.get(1)).putInt(8, (int) CHUNK.get(0));
    return bomb;
  }
}
