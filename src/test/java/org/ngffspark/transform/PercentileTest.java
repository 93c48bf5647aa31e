// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PercentileTest {
  @Test
  void selectionFindsWhatSortingFinds() {
    long seed = 31;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 2000; round++) {
      int count = 1 + random.nextInt(200);
      int different = 1 + random.nextInt(count);
      double[] values = random.ints(count + 2, 0, different).asDoubleStream().toArray();
      double[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      int rank = random.nextInt(count);
      assertThat(Quickselect.select(values, count, rank))
          .as("seed %d", seed)
          .isEqualTo(sorted[rank]);
      assertThat(Arrays.stream(values, 0, rank).max().orElse(-1))
          .as("seed %d: before", seed)
          .isLessThanOrEqualTo(values[rank]);
      assertThat(Arrays.stream(values, rank, count).min().orElseThrow()).isEqualTo(values[rank]);
    }
  }

  @Test
  void sortedReversedAndConstantValuesAreFoundToo() {
    int count = 5000;
    double[] up = new double[count];
    double[] down = new double[count];
    for (int i = 0; i < count; i++) {
      up[i] = i;
      down[i] = count - 1 - i;
    }
    assertThat(Quickselect.select(up, count, 1234)).isEqualTo(1234);
    assertThat(Quickselect.select(down, count, 1234)).isEqualTo(1234);
    assertThat(Quickselect.select(new double[count], count, 1234)).isZero();
  }

  @Test
  void interpolatesBetweenNeighboursAsNumpyDoes() {
    assertThat(Percentile.of(new double[] {10, 7, 4, 3, 2, 1}, 6, 50)).isEqualTo(3.5);
    assertThat(Percentile.of(new double[] {4, 1}, 2, 0)).isEqualTo(1);
    assertThat(Percentile.of(new double[] {4, 1}, 2, 100)).isEqualTo(4);
    assertThat(Percentile.of(new double[] {4}, 1, 37)).isEqualTo(4);
    // numpy.percentile([0.1, 0.7, 0.3], [12.7, 87.3])
    assertThat(Percentile.of(new double[] {0.1, 0.7, 0.3}, 3, 12.7)).isEqualTo(0.1508);
    assertThat(Percentile.of(new double[] {0.1, 0.7, 0.3}, 3, 87.3)).isEqualTo(0.5983999999999999);
  }

  @Test
  void nanAndInfinityGiveWhatNumpyGives() {
    assertThat(Percentile.of(new double[] {1, Double.NaN, 3}, 3, 10)).isNaN();
    assertThat(Percentile.of(new double[] {1, Double.POSITIVE_INFINITY}, 2, 100)).isNaN();
  }
}
