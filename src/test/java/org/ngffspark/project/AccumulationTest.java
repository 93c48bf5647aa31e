// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Elements;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class AccumulationTest {
  private static final long SEED = 11;
  private static final Shape SHAPE = Shape.of(2, 7, 3, 4);

  private static NdArray random(DataType type) {
    NdArray pixels = NdArray.zeros(type, SHAPE);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < SHAPE.elements(); i++) {
      Elements.of(type).set(pixels.bytes(), i, random.nextInt(-300, 70_000) / 2.0);
    }
    return pixels;
  }

  private static NdArray projected(Projection method, NdArray pixels, int slab) {
    Accumulation sum = new Accumulation(method, pixels.type(), pixels.shape().with(1, 1), 1);
    Box whole = Box.whole(pixels.shape());
    for (long from = 0; from < 7; from += slab) {
      sum.add(pixels.cut(whole.with(1, from, Math.min(7, from + slab))));
    }
    return sum.result();
  }

  /** Two passes over the values of one place. */
  private static double expected(Projection method, double[] values, boolean integer) {
    double sum = 0;
    double max = values[0];
    double min = values[0];
    for (double value : values) {
      sum += value;
      max = Math.max(max, value);
      min = Math.min(min, value);
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return switch (method) {
      case MAX -> max;
      case MIN -> min;
      case MEAN -> integer ? (long) mean : mean;
      case SUM -> sum;
      case STD -> Math.sqrt(squares / values.length);
    };
  }

  @Test
  void everyMethodGivesWhatTwoPassesOverAllValuesGive() {
    for (DataType type :
        new DataType[] {
          DataType.UINT8,
          DataType.UINT16,
          DataType.INT16,
          DataType.INT32,
          DataType.FLOAT32,
          DataType.FLOAT64
        }) {
      NdArray pixels = random(type);
      Elements elements = Elements.of(type);
      for (Projection method : Projection.values()) {
        NdArray result = projected(method, pixels, 3);
        assertThat(result.bytes()).isEqualTo(projected(method, pixels, 7).bytes());
        for (int place = 0; place < 24; place++) {
          double[] values = new double[7];
          for (int z = 0; z < 7; z++) {
            int at = (place / 12 * 7 + z) * 12 + place % 12;
            values[z] = elements.value(pixels.bytes(), at);
          }
          NdArray one = NdArray.zeros(type, Shape.of(1));
          elements.set(one.bytes(), 0, expected(method, values, type.isInteger()));
          double exact = elements.value(one.bytes(), 0);
          assertThat(elements.value(result.bytes(), place))
              .as("%s of %s, seed %d", method, type, SEED)
              .isCloseTo(exact, org.assertj.core.data.Offset.offset(Math.abs(exact) * 1e-6));
        }
      }
    }
  }

  @Test
  void extremesOfLargeIntegersAreExact() {
    NdArray pixels = NdArray.zeros(DataType.UINT64, Shape.of(1, 7, 1, 1));
    pixels.buffer().putLong(8, -2).putLong(16, -1).putLong(24, 5);
    assertThat(projected(Projection.MAX, pixels, 2).buffer().getLong(0)).isEqualTo(-1);
    NdArray signed = NdArray.wrap(DataType.INT64, pixels.shape(), pixels.bytes());
    assertThat(projected(Projection.MIN, signed, 2).buffer().getLong(0)).isEqualTo(-2);
    assertThat(projected(Projection.MAX, signed, 2).buffer().getLong(0)).isEqualTo(5);
  }
}
