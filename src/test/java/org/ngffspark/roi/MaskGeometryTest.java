// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.golden.Golden;
import org.ngffspark.resample.SlowPyramid;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class MaskGeometryTest {
  private static final Axes CZYX = Axes.of("c", "z", "y", "x");
  private static final Axes ZYX = Axes.of("z", "y", "x");
  private static final Axes YX = Axes.of("y", "x");

  private static PixelGrid grid(String name, Axes axes, Shape shape, double... pixels) {
    return PixelGrid.of(name, axes, shape, PixelSize.of(axes, pixels));
  }

  private static NdArray ids(Shape shape) {
    NdArray labels = NdArray.zeros(DataType.UINT32, shape);
    for (int i = 0; i < shape.elements(); i++) {
      labels.buffer().putInt(4 * i, i + 1);
    }
    return labels;
  }

  private static Roi roi(Interval z, Interval y, Interval x) {
    return new Roi(
        Optional.empty(), Optional.of(9L), Map.of(AxisName.Z, z, AxisName.Y, y, AxisName.X, x));
  }

  private static Interval interval(SplittableRandom random, double extent, double pixel) {
    return switch (random.nextInt(5)) {
      case 0 -> Interval.whole();
      case 1, 2 -> Interval.of(random.nextInt(12) * pixel, random.nextInt(9) * pixel);
      default -> Interval.of(random.nextDouble(-3, extent + 3), random.nextDouble(0, extent));
    };
  }

  private static int labelAt(NdArray labels, long[] zyx) {
    long[] index = new long[3];
    for (int axis = 0; axis < 3; axis++) {
      index[axis] = labels.shape().get(axis) == 1 ? 0 : zyx[axis];
    }
    return labels.buffer().getInt(4 * SlowPyramid.ravel(index, labels.shape()));
  }

  @Test
  void everyPixelHasTheLabelOfTheWrittenRule() {
    int compared = 0;
    for (int seed = 0; seed < 4000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double ratio = new double[] {1, 2, 3, 0.5, 1.5, 1.7}[random.nextInt(6)];
      double pixel = random.nextBoolean() ? 0.1625 : 1.0;
      Shape shape =
          Shape.of(2, 1 + random.nextInt(4), 8 + random.nextInt(30), 8 + random.nextInt(30));
      Shape labelShape =
          Shape.of(
              random.nextInt(3) == 0 ? 1 : shape.get(1),
              Math.max(1, (long) (shape.get(2) / ratio)),
              Math.max(1, (long) (shape.get(3) / ratio)));
      PixelGrid image = grid("image", CZYX, shape, 1, 2, pixel, pixel);
      PixelGrid label = grid("label", ZYX, labelShape, 2, pixel * ratio, pixel * ratio);
      Roi roi =
          roi(
                  random.nextBoolean() ? Interval.whole() : Interval.of(0, 2.0 * shape.get(1)),
                  interval(random, image.extent(2), label.pixelSize(1)),
                  interval(random, image.extent(3), label.pixelSize(2)))
              .zoom(new double[] {1, 2, 1.5, 0.5, 1.1}[random.nextInt(5)]);
      compared += compare(image, label, roi, "seed " + seed);
    }
    assertThat(compared).as("pixels compared").isGreaterThan(500_000);
  }

  private static int compare(PixelGrid image, PixelGrid label, Roi roi, String seed) {
    Shape patch = roi.toBox(image).shape().with(0, 1);
    SlowMask slow = new SlowMask(image, label, roi);
    MaskGeometry geometry = MaskGeometry.of(image, label);
    if (slow.isRefused(patch)) {
      assertThatThrownBy(() -> geometry.place(roi, 1))
          .as(seed)
          .isInstanceOf(IllegalArgumentException.class);
      return 0;
    }
    MaskPlacement place = geometry.place(roi, 1);
    assertThat(place.patchShape()).as(seed).isEqualTo(patch);
    NdArray ids = ids(label.shape());
    NdArray labels = place.resample(ids.cut(place.labelBox()));
    for (int flat = 0; flat < patch.elements(); flat++) {
      long[] czyx = SlowPyramid.unravel(flat, patch);
      long[] zyx = {czyx[1], czyx[2], czyx[3]};
      assertThat(labelAt(labels, zyx))
          .as("%s: %s on %s and %s, pixel %d", seed, roi.intervals(), image, label, flat)
          .isEqualTo(slow.at(ids, zyx));
    }
    return (int) patch.elements();
  }

  @Test
  void aLabelIsResampledToTheLengthThatNgioResamplesItTo() {
    for (Map<String, String> row : Golden.rows("rois/slices.csv.gz")) {
      PixelGrid image = golden(row, "length", "pixel");
      PixelGrid label = golden(row, "label_length", "label_pixel");
      Interval x =
          row.get("start").isEmpty()
              ? Interval.whole()
              : new Interval(number(row.get("start")), number(row.get("extent")));
      Roi roi =
          new Roi(Optional.empty(), Optional.empty(), Map.of(AxisName.X, x))
              .zoom(Double.parseDouble(row.get("zoom")));
      assertThat(MaskGeometry.of(image, label).resampledLength(roi.interval(AxisName.X), 1))
          .as("%s", row)
          .isEqualTo(Double.parseDouble(row.get("resampled")));
    }
  }

  @Test
  void onTheSamePixelsEveryRegionTakesEachLabelPixelAsItIs() {
    for (int seed = 0; seed < 4000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double pixel = random.nextDouble(0.05, 3);
      Shape shape = Shape.of(2, 1 + random.nextInt(4), 1 + random.nextInt(30), 20);
      long slices = random.nextBoolean() ? shape.get(1) : 1;
      PixelGrid image = grid("image", CZYX, shape, 1, 2, pixel, pixel);
      PixelGrid label =
          grid("label", ZYX, Shape.of(slices, shape.get(2), 20), slices == 1 ? 7 : 2, pixel, pixel);
      MaskGeometry geometry = MaskGeometry.of(image, label);
      assertThat(geometry.isPixelByPixel()).isEqualTo(slices == 1 || slices == shape.get(1));
      Roi region =
          roi(
              interval(random, 2 * shape.get(1), 2),
              interval(random, pixel * shape.get(2), pixel),
              interval(random, pixel * 20, pixel));
      MaskPlacement place = geometry.place(region.zoom(random.nextDouble(0.3, 3)));
      NdArray block = ids(place.labelBox().shape());
      if (!place.imageBox().isEmpty() && !place.labelBox().isEmpty()) {
        assertThat(place.resample(block)).as("seed %d", seed).isSameAs(block);
        for (int axis = 1; axis < 3; axis++) {
          assertThat(place.labelBox().start(axis)).isEqualTo(place.imageBox().start(axis + 1));
          assertThat(place.labelBox().stop(axis)).isEqualTo(place.imageBox().stop(axis + 1));
        }
      }
    }
  }

  @Test
  void anotherResolutionOrChannelsAreNotPixelByPixel() {
    PixelGrid image = grid("image", CZYX, Shape.of(2, 3, 20, 20), 1, 2, 1, 1);
    assertThat(pixelByPixel(image, grid("half", YX, Shape.of(10, 10), 2, 2))).isFalse();
    assertThat(pixelByPixel(image, grid("near", YX, Shape.of(20, 20), 1.001, 1))).isFalse();
    assertThat(pixelByPixel(image, grid("larger", YX, Shape.of(21, 20), 1, 1))).isFalse();
    assertThat(pixelByPixel(image, grid("channels", CZYX, image.shape(), 1, 2, 1, 1))).isFalse();
    assertThat(pixelByPixel(image, grid("plane", YX, Shape.of(20, 20), 1, 1))).isTrue();
  }

  private static boolean pixelByPixel(PixelGrid image, PixelGrid label) {
    return MaskGeometry.of(image, label).isPixelByPixel();
  }

  private static PixelGrid golden(Map<String, String> row, String length, String pixel) {
    Shape shape = Shape.of(1, Long.parseLong(row.get(length)));
    return grid(length, YX, shape, 1.0, Double.parseDouble(row.get(pixel)));
  }

  private static java.util.OptionalDouble number(String text) {
    return text.isEmpty()
        ? java.util.OptionalDouble.empty()
        : java.util.OptionalDouble.of(Double.parseDouble(text));
  }

  @Test
  void aLabelOnTheSameGridIsTakenAsItIs() {
    PixelGrid image = grid("image", YX, Shape.of(20, 20), 0.5, 0.5);
    MaskPlacement place =
        MaskGeometry.of(image, image)
            .place(roi(Interval.whole(), Interval.of(2, 3), Interval.of(1, 4)));
    NdArray block = ids(place.labelBox().shape());
    assertThat(place.imageBox()).isEqualTo(Box.of(new long[] {4, 2}, new long[] {10, 10}));
    assertThat(place.resample(block)).isSameAs(block);
  }

  @Test
  void aLabelAxisThatTheImageLacksIsRefused() {
    PixelGrid image = grid("image level 0", YX, Shape.of(20, 20), 1, 1);
    PixelGrid label = grid("label nuclei", ZYX, Shape.of(1, 20, 20), 1, 1, 1);
    assertThatThrownBy(() -> MaskGeometry.of(image, label))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label nuclei has axes [z, y, x]")
        .hasMessageContaining("image level 0 has no axis z");
  }

  @Test
  void aLabelThatCoversLessThanTheImageIsRefusedWithBothExtents() {
    PixelGrid image = grid("image", YX, Shape.of(100, 100), 0.5, 0.5);
    assertThatThrownBy(() -> MaskGeometry.of(image, grid("label", YX, Shape.of(50, 48), 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("axis x label covers 48.0 (48 x 1.0)")
        .hasMessageContaining("image covers 50.0 (100 x 0.5)");
    assertThat(MaskGeometry.of(image, grid("label", YX, Shape.of(49, 51), 1, 1))).isNotNull();
  }

  @Test
  void aLabelInAnotherPlaceIsRefusedWithBothTranslations() {
    PixelGrid image = grid("image", YX, Shape.of(50, 50), 0.5, 0.5).translated(10, 0);
    PixelGrid label = grid("label", YX, Shape.of(50, 50), 0.5, 0.5);
    assertThatThrownBy(() -> MaskGeometry.of(image, label))
        .hasMessageContaining("from 0.0")
        .hasMessageContaining("from 10.0");
    assertThat(MaskGeometry.of(image, label.translated(10.5, -0.5))).isNotNull();
  }

  @Test
  void onePlaneStandsForAllPlanes() {
    PixelGrid image = grid("image", ZYX, Shape.of(5, 8, 8), 2, 1, 1);
    PixelGrid label = grid("label", ZYX, Shape.of(1, 8, 8), 2, 1, 1);
    MaskPlacement place =
        MaskGeometry.of(image, label)
            .place(roi(Interval.whole(), Interval.of(0, 3), Interval.of(0, 3)));
    assertThat(place.patchShape()).isEqualTo(Shape.of(5, 3, 3));
    assertThat(place.resample(ids(place.labelBox().shape())).shape()).isEqualTo(Shape.of(1, 3, 3));
  }

  @Test
  void aRegionBeyondTheLabelHasNoMask() {
    PixelGrid image = grid("image", YX, Shape.of(21, 21), 1, 1);
    PixelGrid label = grid("label", YX, Shape.of(10, 10), 2, 2);
    MaskPlacement place =
        MaskGeometry.of(image, label)
            .place(roi(Interval.whole(), Interval.of(0, 4), Interval.of(20, 1)));
    assertThat(place.patchShape()).isEqualTo(Shape.of(4, 1));
    NdArray labels = place.resample(NdArray.zeros(DataType.UINT32, place.labelBox().shape()));
    assertThat(labels.bytes()).containsOnly(0);
  }

  @Test
  void aRegionTooLargeForMemoryIsRefusedBeforeAnythingIsAllocated() {
    PixelGrid image = grid("image", YX, Shape.of(1L << 40, 1L << 20), 1, 1);
    Roi all = roi(Interval.whole(), Interval.whole(), Interval.whole());
    assertThatThrownBy(() -> MaskGeometry.of(image, image).place(all))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1099511627776, 1048576] pixels");
  }
}
