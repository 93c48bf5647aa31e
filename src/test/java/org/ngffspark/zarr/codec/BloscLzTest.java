// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BloscLzTest {

  private static byte[] decode(int capacity, int... stream) throws DamagedDataException {
    byte[] bytes = new byte[stream.length];
    for (int i = 0; i < stream.length; i++) {
      bytes[i] = (byte) stream[i];
    }
    byte[] target = new byte[capacity];
    int length = BloscLz.decode(new ByteSpan(bytes, 0, bytes.length), target, 0, capacity);
    return Arrays.copyOf(target, length);
  }

  @Test
  void aMatchMayOverlapWhatItWrites() throws Exception {
    // Literals "ab", then 7 bytes from a distance of 2, then literal "c".
    assertThat(decode(99, 33, 'a', 'b', 5 << 5, 1, 0, 'c')).asString().isEqualTo("ababababac");
    assertThat(decode(99, 32, 'a', 1 << 5, 0, 0, 'c')).asString().isEqualTo("aaaac");
  }

  @Test
  void longMatchesAddUpTheirLength() throws Exception {
    byte[] decoded = decode(999, 32, 'a', 7 << 5, 255, 2, 0, 0, 'c');
    assertThat(decoded).hasSize(1 + 9 + 257 + 1).endsWith('a', 'c');
  }

  @Test
  void streamsThatLieAreRefused() {
    checkDamaged(99, 33, 'a');
    checkDamaged(99, 32, 'a', 1 << 5, 1);
    checkDamaged(99, 32, 'a', 1 << 5);
    checkDamaged(99, 32, 'a', 7 << 5, 255);
    checkDamaged(99, 32, 'a', 1 << 5 | 31, 255, 0);
    checkDamaged(3, 32, 'a', 1 << 5, 0);
    checkDamaged(1, 33, 'a', 'b');
  }

  private static void checkDamaged(int capacity, int... stream) {
    assertThatThrownBy(() -> decode(capacity, stream))
        .as(Arrays.toString(stream))
        .isInstanceOf(DamagedDataException.class)
        .hasMessage("blosc: a blosclz stream is damaged");
  }

  @Test
  void streamsNeverExceedTheirCapacity() throws Exception {
    int[] table = new int[BloscLz.tableLength()];
    for (long seed = 0; seed < 400; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Content kind = Content.values()[random.nextInt(Content.values().length)];
      byte[] content = kind.bytes(random.nextInt(1, 100_000), random);
      int capacity = random.nextInt(1, 2 * content.length);
      byte[] stream = new byte[2 * content.length];
      int length =
          BloscLz.encode(new ByteSpan(content, 0, content.length), stream, 0, capacity, table);
      assertThat(length).as("seed %d", seed).isLessThanOrEqualTo(capacity);
      if (length > 0) {
        byte[] back = new byte[content.length];
        BloscLz.decode(new ByteSpan(stream, 0, length), back, 0, back.length);
        assertThat(Arrays.equals(back, content)).as("seed %d", seed).isTrue();
      }
    }
  }

  @Test
  void calmContentShrinks() {
    byte[] content = Content.RUNS.bytes(100_000, new SplittableRandom(1));
    int length =
        BloscLz.encode(
            new ByteSpan(content, 0, content.length),
            new byte[100_000],
            0,
            100_000,
            new int[BloscLz.tableLength()]);
    assertThat(length).isBetween(1, 10_000);
  }
}
