// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.Shape;

class TranspositionTest {

  @Test
  void everyElementGoesWhereItsIndexSays() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rank = random.nextInt(1, 6);
      Shape chunk = shape(rank, random);
      int[] order = permutation(rank, random);
      int width = 1 << random.nextInt(4);
      byte[] elements = Content.RANDOM.bytes((int) chunk.elements() * width, random);
      byte[] stored = new byte[elements.length];
      Transposition transposition = Transposition.identity(rank).then(order);
      transposition.encode(elements, stored, chunk, width);
      assertThat(stored).as("seed %d", seed).isEqualTo(naive(elements, chunk, order, width));
      byte[] back = new byte[elements.length];
      transposition.decode(stored, 0, back, chunk, width);
      assertThat(back).as("seed %d", seed).isEqualTo(elements);
      if (transposition.keeps(chunk)) {
        assertThat(stored).as("seed %d", seed).isEqualTo(elements);
      }
    }
  }

  private static Shape shape(int rank, SplittableRandom random) {
    long[] lengths = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      lengths[axis] = random.nextInt(3) == 0 ? 1 : random.nextInt(1, rank < 3 ? 90 : 9);
    }
    return Shape.of(lengths);
  }

  private static int[] permutation(int rank, SplittableRandom random) {
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static byte[] naive(byte[] elements, Shape chunk, int[] order, int width) {
    byte[] stored = new byte[elements.length];
    int rank = order.length;
    long[] index = new long[rank];
    for (int element = 0; element < chunk.elements(); element++) {
      long rest = element;
      for (int axis = rank - 1; axis >= 0; axis--) {
        index[axis] = rest % chunk.get(axis);
        rest /= chunk.get(axis);
      }
      long place = 0;
      for (int axis : order) {
        place = place * chunk.get(axis) + index[axis];
      }
      System.arraycopy(elements, element * width, stored, (int) place * width, width);
    }
    return stored;
  }

  @Test
  void axesOfLengthOneMoveNothing() {
    assertThat(Transposition.reversed(3).keeps(Shape.of(1, 7, 1))).isTrue();
    assertThat(Transposition.reversed(3).keeps(Shape.of(2, 7, 1))).isFalse();
    assertThat(Transposition.identity(2).keeps(Shape.of(2, 7))).isTrue();
    assertThat(Transposition.reversed(0).keeps(Shape.of())).isTrue();
  }
}
