// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Elements;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class PixelSumsTest {
  private static final int SIZE = 1000;

  @ParameterizedTest
  @EnumSource(DataType.class)
  void partsOfAnyLengthAddUp(DataType type) {
    Random random = new Random(14);
    Elements elements = Elements.of(type);
    NdArray array = NdArray.zeros(type, Shape.of(SIZE));
    for (int i = 0; i < SIZE; i++) {
      elements.set(array.bytes(), i, random.nextInt(1 << 17) - (1 << 16));
    }
    for (int round = 0; round < 50; round++) {
      int from = random.nextInt(SIZE);
      int count = random.nextInt(SIZE - from);
      PixelSums sums = new PixelSums();
      sums.add(array, from, count);
      double expected = 0;
      for (int i = from; i < from + count; i++) {
        expected += elements.value(array.bytes(), i);
      }
      assertThat(sums.result()).isEqualTo(new ValueSum(count, expected));
    }
  }

  /** More pixels than a part of the sum has room for. */
  @Test
  void manyOfTheGreatestValueAddUp() {
    int count = (1 << 18) + 3;
    NdArray array = NdArray.zeros(DataType.UINT16, Shape.of(count));
    array.fill(0xFFFF);
    PixelSums sums = new PixelSums();
    sums.add(array, 0, count);
    assertThat(sums.result()).isEqualTo(new ValueSum(count, 65535.0 * count));
  }

  @Test
  void whatIsNoNumberIsLeftOut() {
    NdArray array = NdArray.zeros(DataType.FLOAT32, Shape.of(3));
    Elements.of(DataType.FLOAT32).set(array.bytes(), 0, 1.5);
    Elements.of(DataType.FLOAT32).set(array.bytes(), 1, Double.NaN);
    PixelSums sums = new PixelSums();
    sums.add(array, 0, 3);
    assertThat(sums.result()).isEqualTo(new ValueSum(2, 1.5));
  }
}
