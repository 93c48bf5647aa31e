// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.DataType;

class SegmentationTest {
  private static final Segmentation OTSU = Segmentation.by(ThresholdMethod.OTSU);
  private static final double[] SPACING = {1, 1, 1};

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> OTSU.around(4, 0))
        .hasMessageContaining("odd side")
        .hasMessageContaining("4");
    assertThatThrownBy(() -> OTSU.smoothed(-1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> OTSU.smoothed(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> OTSU.split(0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> OTSU.atLeast(-5)).hasMessageContaining("-5");
    assertThatThrownBy(() -> Segmentation.above(Double.NaN)).hasMessageContaining("NaN");
  }

  @Test
  void unknownMethodsAreRefusedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> ThresholdMethod.of("huang"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'huang'")
        .hasMessageContaining("local-mean");
  }

  @Test
  void notANumberIsNeverInsideAndHasNoPartInTheThreshold() {
    double[] values = {1, 2, Double.NaN, 9, Double.POSITIVE_INFINITY, 1};
    boolean[] mask = new boolean[6];
    Arrays.fill(mask, true);
    Volume volume = new Volume(2, 1, 1, 6);
    int[] found =
        new PatchSegmentation(OTSU).objects(values, DataType.FLOAT64, mask, volume, SPACING);
    assertThat(found).containsExactly(0, 0, 0, 1, 1, 0);
  }

  @Test
  void anObjectWithoutFiniteValuesHasNoObjects() {
    double[] values = {Double.NaN, Double.NaN};
    Volume volume = new Volume(2, 1, 1, 2);
    int[] found =
        new PatchSegmentation(OTSU)
            .objects(values, DataType.FLOAT32, new boolean[] {true, true}, volume, SPACING);
    assertThat(found).containsOnly(0);
  }

  @Test
  void integersTooFarApartForAHistogramAreRefused() {
    Values values = Values.ofIntegers(new double[] {0, 4e9});
    assertThatThrownBy(() -> ThresholdMethod.OTSU.of(values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 0 to 4000000000");
  }

  @Test
  void aFlatObjectOfAStackHasNoHoles() {
    boolean[] ring = {true, true, true, true, false, true, true, true, true};
    assertThat(HoleFilling.of(ring, new Volume(2, 1, 3, 3))[4]).isTrue();
    assertThat(HoleFilling.of(ring, new Volume(3, 1, 3, 3))[4]).isFalse();
  }
}
