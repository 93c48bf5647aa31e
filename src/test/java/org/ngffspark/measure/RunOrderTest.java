// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunOrderTest {
  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void anyOrderOfRunsIsSorted() {
    for (int round = 0; round < 200; round++) {
      int count = random.nextInt(60);
      int[][] tuples =
          IntStream.range(0, count)
              .mapToObj(
                  i -> new int[] {random.nextInt(3), random.nextInt(4), random.nextInt(50), i})
              .toArray(int[][]::new);
      int[] runs = Arrays.stream(tuples).flatMapToInt(Arrays::stream).toArray();
      RunOrder.sort(runs, 0, runs.length);
      Comparator<int[]> order =
          Comparator.<int[]>comparingInt(t -> t[0])
              .thenComparingInt(t -> t[1])
              .thenComparingInt(t -> t[2]);
      Arrays.sort(tuples, order);
      for (int i = 0; i < count; i++) {
        assertThat(Arrays.copyOfRange(runs, 4 * i, 4 * i + 3))
            .as("seed %d, round %d, run %d", seed, round, i)
            .isEqualTo(Arrays.copyOf(tuples[i], 3));
      }
      assertThat(IntStream.range(0, count).map(i -> runs[4 * i + 3]))
          .as("seed %d: each run once", seed)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count).boxed().toList());
    }
  }

  @Test
  void onlyThatRangeIsSorted() {
    int[] runs = {9, 9, 9, 1, 0, 1, 0, 1, 0, 0, 0, 1, 8, 8, 8, 1};
    RunOrder.sort(runs, 4, 12);
    assertThat(runs).containsExactly(9, 9, 9, 1, 0, 0, 0, 1, 0, 1, 0, 1, 8, 8, 8, 1);
  }

  @Test
  void runsThatTouchInARowBecomeOne() {
    int[] runs = {0, 1, 2, 3, 0, 1, 5, 1, 0, 1, 7, 2, 0, 2, 9, 1};
    int end = RunOrder.join(runs, 0, runs.length);
    assertThat(Arrays.copyOf(runs, end)).containsExactly(0, 1, 2, 4, 0, 1, 7, 2, 0, 2, 9, 1);
  }
}
