// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

class IntegerSumsTest {
  private final long seed = System.nanoTime();
  private final IntegerSums sums = new IntegerSums();
  private final SplittableRandom random = new SplittableRandom(seed);

  private Intensities of(DataType type, double... values) {
    Patch patch = Patches.of(type, Axes.of("y", "x"), Shape.of(1, values.length), values);
    ObjectMask row = ObjectMask.of(2, new int[] {0, 0, 0, values.length});
    return ObjectChannel.of(row, new ChannelValues(patch, 0, values.length), sums).intensities();
  }

  @Test
  void valuesFarFromZeroLoseNoDigits() {
    Intensities found = of(DataType.UINT16, 65535, 65534, 65535, 65534);
    assertThat(found.std()).isEqualTo(0.5);
    assertThat(found.mean()).isEqualTo(65534.5);
    assertThat(found.median()).isEqualTo(65534.5);
  }

  @Test
  void theMedianOfAnEvenCountMayLieBetweenTwoHighBytes() {
    assertThat(of(DataType.INT16, -300, -2, 40, 9000).median()).isEqualTo(19);
    assertThat(of(DataType.INT16, 255, 256).median()).isEqualTo(255.5);
  }

  @Test
  void allTypesGiveWhatExactArithmeticGives() {
    for (DataType type :
        new DataType[] {DataType.UINT8, DataType.INT8, DataType.UINT16, DataType.INT16}) {
      for (int round = 0; round < 50; round++) {
        double[] values = new double[1 + random.nextInt(3000)];
        long low = type.kind() == DataType.Kind.SIGNED ? -(1L << (8 * type.bytes() - 1)) : 0;
        long span = 1 + random.nextLong(1L << 8 * type.bytes());
        Arrays.setAll(values, i -> low + random.nextLong(span));
        check(type + ", seed " + seed, values, of(type, values));
      }
    }
  }

  private static void check(String what, double[] values, Intensities found) {
    int count = values.length;
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    BigInteger sum = BigInteger.ZERO;
    BigInteger squares = BigInteger.ZERO;
    for (double value : values) {
      BigInteger integer = BigInteger.valueOf((long) value);
      sum = sum.add(integer);
      squares = squares.add(integer.multiply(integer));
    }
    BigInteger spread = squares.multiply(BigInteger.valueOf(count)).subtract(sum.multiply(sum));
    double std = new BigDecimal(spread).sqrt(MathContext.DECIMAL64).doubleValue() / count;
    assertThat(found.mean()).as(what).isEqualTo(sum.doubleValue() / count);
    assertThat(found.std()).as(what).isCloseTo(std, within(1e-14 * std));
    assertThat(found.min()).as(what).isEqualTo(sorted[0]);
    assertThat(found.max()).as(what).isEqualTo(sorted[count - 1]);
    assertThat(found.median())
        .as(what)
        .isEqualTo((sorted[(count - 1) / 2] + sorted[count / 2]) / 2);
  }

  @Test
  void oneNaNMakesAllUndefined() {
    Intensities found = of(DataType.FLOAT32, 1, Double.NaN, 3);
    assertThat(new double[] {found.mean(), found.median(), found.max(), found.min(), found.std()})
        .containsOnly(Double.NaN);
  }
}
