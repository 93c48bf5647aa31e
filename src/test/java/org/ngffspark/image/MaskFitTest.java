// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Growth;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** Label images of other axes, channels, types and places than their image. */
class MaskFitTest {
  /** A container with a label image of these axes, all of it object 1 but for its first row. */
  private static Container withLabel(Axes axes, Shape shape, DataType type, double scale) {
    Container container =
        TestContainer.plane()
            .withAxes(Axes.of("z", "y", "x"), Shape.of(3, 8, 9), Shape.of(1, 8, 9))
            .create();
    NdArray ids = NdArray.zeros(type, shape);
    ids.fill(Box.whole(shape).with(axes.rank() - 2, 1, shape.get(axes.rank() - 2)), 1);
    label(container, axes, ids, scale);
    return container;
  }

  private static void label(Container container, Axes axes, NdArray ids, double scale) {
    StorePath label = container.node().labels().add("other");
    ZarrArray array =
        ZarrArray.create(
            label.child("0"),
            ArrayMetadata.defaults(
                container.metadata().format(), ids.shape(), ids.shape(), ids.type(), List.of()));
    array.write(Box.whole(ids.shape()), ids);
    List<Double> scales =
        axes.names().stream()
            .map(name -> name.equals("z") ? 2.0 : List.of("y", "x").contains(name) ? scale : 1.0)
            .toList();
    ImageNode.create(
        label,
        ImageMetadata.create(
            container.metadata().version(), axes, List.of(Dataset.of("0", scales)), List.of()));
  }

  @Test
  void aLabelImageOfTruthValuesIsOneObject() {
    Container container =
        withLabel(Axes.of("y", "x"), Shape.of(8, 9), DataType.BOOL, TestContainer.plane().pixel());
    Masked masked = container.maskedImage("other");
    assertThat(masked.rois().labels()).containsExactly(1);
    assertThat(masked.label().boxes().boxAt(0))
        .isEqualTo(Box.of(new long[] {1, 0}, new long[] {8, 9}));
    Patch patch = masked.getRoi(1);
    assertThat(patch.shape()).isEqualTo(Shape.of(3, 7, 9));
    masked.setRoiMasked(1, patch);
    assertThat(masked.read(1).mask().count()).isEqualTo(3 * 7 * 9);
  }

  @Test
  void aLabelImageOfFloatsIsRefusedWithTheWayOut() {
    Container container =
        withLabel(
            Axes.of("y", "x"), Shape.of(8, 9), DataType.FLOAT32, TestContainer.plane().pixel());
    assertThatThrownBy(() -> container.label("other"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("must hold integers, got float32")
        .hasMessageContaining("astype('uint32')");
  }

  @Test
  void aLabelOfMoreAxesGivesRegionsButNoMasks() {
    Container container =
        withLabel(
            Axes.of("t", "y", "x"),
            Shape.of(1, 8, 9),
            DataType.UINT8,
            TestContainer.plane().pixel());
    Masked masked = container.maskedImage("other");
    Patch patch = masked.getRoi(1);
    assertThat(patch.shape()).isEqualTo(Shape.of(3, 7, 9));
    masked.setRoi(1, patch);
    for (ThrowingCallable masking :
        List.<ThrowingCallable>of(
            () -> masked.getRoiMasked(1),
            () -> masked.setRoiMasked(1, patch),
            () -> masked.read(1),
            masked::reader)) {
      assertThatThrownBy(masking)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("label other level 0 has axes [t, y, x], but")
          .hasMessageContaining("has no axis t");
    }
  }

  @Test
  void aLabelWithoutScaleLiesOnThePixelsOfItsImageIfTheCallerKnowsIt() {
    Container container = withLabel(Axes.of("y", "x"), Shape.of(8, 9), DataType.UINT8, 1);
    assertThatThrownBy(() -> container.maskedImage("other").getRoiMasked(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must cover its image");
    Masked masked = container.maskedImage(Masking.by("other").withGrid(LabelGrid.SAME), 0);
    Patch patch = masked.getRoi(1);
    assertThat(patch.box()).isEqualTo(Box.of(new long[] {0, 1, 0}, new long[] {3, 8, 9}));
    assertThat(patch.pixelSize()).isEqualTo(container.image().pixelSize());
    assertThat(masked.read(1).mask().count()).isEqualTo(3 * 7 * 9);
    NdArray before = container.image().read().pixels();
    Patch changed = patch.copy();
    changed.update(value -> 7);
    masked.setRoi(1, changed);
    masked.setRoiMasked(1, changed);
    before.paste(changed.pixels(), Box.whole(changed.shape()), changed.box());
    assertThat(container.image().read().pixels().bytes()).isEqualTo(before.bytes());
    assertThat(masked.objects()).singleElement().extracting(MaskedPatch::label).isEqualTo(1L);
  }

  @Test
  void aLabelOfOtherLengthsDoesNotLieOnThePixelsOfItsImage() {
    Container container = withLabel(Axes.of("y", "x"), Shape.of(4, 9), DataType.UINT8, 1);
    assertThatThrownBy(() -> container.maskedImage(Masking.by("other").withGrid(LabelGrid.SAME), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label other level 0 [y, x]")
        .hasMessageContaining("none has the lengths of image ");
  }

  @Test
  void planesThatARegionLeavesOutAreTold() {
    Container container =
        withLabel(
            Axes.of("z", "y", "x"),
            Shape.of(1, 8, 9),
            DataType.UINT8,
            TestContainer.plane().pixel());
    Masked masked = container.maskedImage("other");
    MaskedReader reader = masked.reader();
    Roi roi = masked.rois().roi(1);
    assertThat(reader.planesLeftOut(reader.place(roi, Growth.by(1))))
        .isEqualTo("1 of 3 planes on axis z");
    assertThat(masked.read(1).mask().count()).isEqualTo(7 * 9);
    Map<AxisName, Interval> plane = new EnumMap<>(roi.intervals());
    plane.remove(AxisName.Z);
    Roi all = new Roi(roi.name(), roi.label(), plane);
    assertThat(reader.planesLeftOut(reader.place(all, Growth.by(1)))).isEmpty();
    assertThat(reader.read(1, all, Growth.by(1)).mask().count()).isEqualTo(3 * 7 * 9);
  }

  @Test
  void aLabelImageOfSeveralChannelsMasksEachByItsOwn() {
    Container container = TestContainer.plane().create();
    Shape shape = Shape.of(2, 50, 62);
    NdArray ids = NdArray.zeros(DataType.UINT8, shape);
    ids.fill(Box.of(new long[] {0, 0, 0}, new long[] {1, 4, 5}), 7);
    ids.fill(Box.of(new long[] {1, 2, 0}, new long[] {2, 9, 5}), 7);
    label(container, Axes.of("c", "y", "x"), ids, TestContainer.plane().pixel());
    Masked masked = container.maskedImage("other");
    assertThat(masked.read(7).mask().count()).isEqualTo(4 * 5 + 7 * 5);
    assertThat(masked.channels(0).read(7).mask().count()).isEqualTo(4 * 5);
    assertThat(masked.channels(1).read(7).mask().count()).isEqualTo(7 * 5);
    assertThat(masked.channels(1, 0).read(7).mask().count()).isEqualTo(4 * 5 + 7 * 5);
  }

  @Test
  void aLabelImageOfOtherChannelsGivesNoMasks() {
    Container container = TestContainer.plane().create();
    NdArray ids = NdArray.zeros(DataType.UINT8, Shape.of(3, 50, 62));
    label(container, Axes.of("c", "y", "x"), ids, TestContainer.plane().pixel());
    assertThatThrownBy(() -> container.maskedImage("other").reader())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label other level 0 has 3 channels, but image ")
        .hasMessageContaining("has 2; it must have as many, or one");
  }
}
