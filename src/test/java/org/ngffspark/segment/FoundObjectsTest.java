// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

class FoundObjectsTest {
  private static final Axes YX = Axes.of("y", "x");

  private static MaskedPatch object(Patch patch, double... labels) {
    Shape shape = Shape.of(patch.length(AxisName.Y), patch.length(AxisName.X));
    return MaskedPatch.of(patch, Patches.of(DataType.UINT16, YX, shape, labels), 5, List.of("A"));
  }

  private static long[] values(Patch patch) {
    long[] values = new long[patch.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = patch.integer(i);
    }
    return values;
  }

  /** Writes these numbers whatever the object is. */
  private record Fixed(long... numbers) implements ObjectFinder {
    private static final long serialVersionUID = 1L;

    @Override
    public void find(MaskedPatch object, Patch result) {
      for (int i = 0; i < numbers.length; i++) {
        result.setInteger(i, numbers[i]);
      }
    }
  }

  @Test
  void childrenAreNumberedByTheirFirstPixelsAndCutToTheMask() {
    Patch patch = Patches.zeros(DataType.UINT8, YX, 2, 4);
    FoundObjects found =
        FoundObjects.of(new Fixed(9, 9, 0, 7, 4, 9, 7, 7), object(patch, 0, 5, 5, 5, 3, 5, 5, 5));
    assertThat(values(found.numbers())).containsExactly(0, 1, 0, 2, 0, 1, 2, 2);
    assertThat(found.parent()).isEqualTo(5);
    assertThat(found.boxes())
        .containsExactly(
            Box.of(new long[] {0, 1}, new long[] {2, 2}),
            Box.of(new long[] {0, 2}, new long[] {2, 4}));
  }

  @Test
  void theThresholdIsThatOfTheObjectInEachTimePointByItself() {
    Axes axes = Axes.of("t", "c", "y", "x");
    Patch patch =
        Patches.of(
            DataType.UINT8, axes, Shape.of(2, 1, 1, 5), 1, 9, 1, 200, 9, 100, 250, 100, 250, 250);
    MaskedPatch object = object(patch, 5, 5, 5, 0, 5);
    FoundObjects found =
        FoundObjects.of(new ThresholdFinder(Segmentation.by(ThresholdMethod.OTSU)), object);
    assertThat(found.numbers().axes().names()).containsExactly("t", "y", "x");
    assertThat(values(found.numbers())).containsExactly(0, 1, 0, 0, 2, 0, 3, 0, 0, 4);
    assertThat(found.count()).isEqualTo(4);
  }

  @Test
  void severalChannelsAreRefused() {
    Patch patch = Patches.zeros(DataType.UINT8, Axes.of("c", "y", "x"), 2, 1, 2);
    MaskedPatch object =
        MaskedPatch.of(
            patch, Patches.of(DataType.UINT8, YX, Shape.of(1, 2), 5, 5), 5, List.of("DAPI", "GFP"));
    ObjectFinder finder = new ThresholdFinder(Segmentation.above(3));
    assertThatThrownBy(() -> FoundObjects.of(finder, object))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[DAPI, GFP]");
  }
}
