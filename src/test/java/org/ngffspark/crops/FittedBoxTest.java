// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ngffspark.crops.CropSize.Fit;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;

class FittedBoxTest {
  private static final Axes PLANE = Axes.of("c", "y", "x");

  private static Patch patch(int... values) {
    Patch patch = Patches.zeros(DataType.UINT8, PLANE, 1, 1, values.length);
    for (int i = 0; i < values.length; i++) {
      patch.set(i, values[i]);
    }
    return patch;
  }

  private static FittedBox fitted(Patch patch, Fit fit, Integer... size) {
    return FittedBox.of(patch.axes(), patch.shape(), new CropSize(List.of(size), fit));
  }

  private static void assertPixels(NdArray array, long height, int... values) {
    assertThat(array.shape().toArray()).containsExactly(1, height, values.length / height);
    for (int i = 0; i < values.length; i++) {
      assertThat(array.bytes()[i] & 0xff).as("pixel %d", i).isEqualTo(values[i]);
    }
  }

  @Test
  void smallerBoxesLieInTheMiddle() {
    Patch patch = patch(1, 2, 3);
    NdArray crop = fitted(patch, Fit.PAD, 3, 6).nearest(patch.pixels());
    assertPixels(crop, 3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void largerBoxesAreRefusedIfTheyAreToKeepTheirPixels() {
    Patch patch = patch(1, 2, 3);
    assertThatThrownBy(() -> fitted(patch, Fit.PAD, 9, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is larger than the crop")
        .hasMessageContaining("--fit scale");
  }

  @Test
  void scaledBoxesTakePixelsAtTheCentersOfTheNewOnes() {
    // skimage.transform.resize([[10, 20]], (2, 4), order=1, mode="edge"): 10, 12.5, 17.5, 20
    Patch small = patch(10, 20);
    assertPixels(fitted(small, Fit.SCALE, 2, 4).linear(small), 2, 10, 12, 18, 20, 10, 12, 18, 20);
    assertPixels(
        fitted(small, Fit.SCALE, 2, 4).nearest(small.pixels()), 2, 10, 10, 20, 20, 10, 10, 20, 20);
    Patch large = patch(10, 20, 40, 60);
    assertPixels(fitted(large, Fit.SCALE, 1, 2).linear(large), 1, 15, 50);
  }

  @Test
  void oneFactorKeepsTheProportions() {
    Patch patch = patch(7, 7);
    assertPixels(
        fitted(patch, Fit.SCALE, 4, 4).linear(patch),
        4,
        0,
        0,
        0,
        0,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        0,
        0,
        0,
        0);
  }

  @Test
  void theSizeHasTheSpatialAxesOfTheImage() {
    Patch patch = patch(1);
    assertThatThrownBy(() -> fitted(patch, Fit.PAD, 4, 4, 4))
        .hasMessageContaining("one of z,y,x, and the image has y,x");
    assertThatThrownBy(() -> new CropSize(List.of(4), Fit.PAD))
        .hasMessageContaining("must be y,x or z,y,x");
  }
}
