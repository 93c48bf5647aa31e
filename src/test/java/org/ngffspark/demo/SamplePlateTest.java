// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.IntBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.ngff.Plate;
import org.ngffspark.ngff.PlateImage;
import org.ngffspark.ngff.PlateSelection;
import org.ngffspark.resample.Downsampling;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.Tables;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

class SamplePlateTest {
  private static final CellParameters CELLS = new CellParameters(4, 301, 203, 9, 301, 203);

  private final StorePath root = StorePath.root(new MemoryStore());

  private static SampleLayout layout(NgffVersion version) {
    return new SampleLayout(version, 2, 3, Shape.of(64, 32), Optional.empty());
  }

  private static NdArray whole(StorePath path) {
    ZarrArray array = ZarrArray.open(path);
    return array.read(Box.whole(array.shape()));
  }

  @ParameterizedTest
  @EnumSource
  void aPlateIsFoundWithAllItsImages(NgffVersion version) {
    long objects = SamplePlate.write(root, layout(version), List.of("B/03", "C/11"), 2, CELLS);
    List<PlateImage> images = Plate.open(root).images(PlateSelection.ALL);
    assertThat(images.stream().map(PlateImage::name))
        .containsExactly("B/03/0", "B/03/1", "C/11/0", "C/11/1");
    assertThat(objects).isBetween(30L, 40L);
    byte[] first = whole(images.get(0).path().child("0")).bytes();
    assertThat(whole(images.get(1).path().child("0")).bytes()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void pixelsAreTheDrawnOnes(NgffVersion version) {
    SampleImage.write(root, layout(version), CELLS);
    RenderedTile drawn = new SyntheticCells(CELLS).render(Box.whole(Shape.of(301, 203)), 2);
    NdArray image = whole(root.child("0"));
    assertThat(image.shape()).isEqualTo(Shape.of(2, 1, 301, 203));
    Box second = Box.of(new long[] {1, 0, 0, 0}, new long[] {2, 1, 301, 203});
    assertThat(image.cut(second).bytes()).isEqualTo(drawn.channels().get(1).bytes());
    assertThat(whole(root.child("labels/nuclei/0")).bytes()).isEqualTo(drawn.nuclei().bytes());
    assertThat(whole(root.child("labels/wf_2_labels/0")).bytes()).isEqualTo(drawn.cells().bytes());
  }

  @Test
  void shardedAndPlainImagesHaveTheSamePixels() {
    SampleLayout sharded =
        new SampleLayout(NgffVersion.V0_5, 2, 3, Shape.of(64, 32), Optional.of(Shape.of(128, 96)));
    SampleImage.write(root.child("sharded"), sharded, CELLS);
    SampleImage.write(root.child("plain"), layout(NgffVersion.V0_5), CELLS);
    assertThat(ZarrArray.open(root.child("sharded/0")).writeUnits().chunk())
        .isEqualTo(Shape.of(1, 1, 128, 96));
    for (String array : List.of("0", "2", "labels/nuclei/1")) {
      assertThat(whole(root.child("sharded").child(array)).bytes())
          .isEqualTo(whole(root.child("plain").child(array)).bytes());
    }
  }

  @Test
  void levelsFollowTheRuleOfTheWholeArray() {
    SampleImage.write(root, layout(NgffVersion.V0_4), CELLS);
    for (String pyramid : List.of("", "labels/nuclei/", "labels/wf_2_labels/")) {
      for (int level = 1; level < 3; level++) {
        NdArray fine = whole(root.child(pyramid + (level - 1)));
        NdArray coarse = whole(root.child(pyramid + level));
        Downsampling rule =
            pyramid.isEmpty()
                ? Downsampling.linear(fine.type(), fine.shape(), coarse.shape())
                : Downsampling.nearest(fine.shape(), coarse.shape());
        assertThat(coarse.bytes())
            .as(pyramid + level)
            .isEqualTo(
                rule.apply(fine, Box.whole(fine.shape()), Box.whole(coarse.shape())).bytes());
      }
    }
  }

  @Test
  void metadataSayWhatIsThere() {
    SampleImage.write(root, layout(NgffVersion.V0_5), CELLS);
    ImageNode node = ImageNode.open(root);
    ImageMetadata image = node.metadata();
    assertThat(image.axes().names()).containsExactly("c", "z", "y", "x");
    assertThat(image.channels().stream().map(channel -> channel.label()))
        .containsExactly("DAPI", "GFP");
    assertThat(image.datasets().stream().map(Dataset::path)).containsExactly("0", "1", "2");
    assertThat(image.pixelSize(1).get(AxisName.Y)).isEqualTo(0.1625 * (301.0 / 150));
    assertThat(node.labels().names()).containsExactly("nuclei", "wf_2_labels");
    assertThat(ImageNode.open(node.labels().child("nuclei")).metadata().axes().names())
        .containsExactly("z", "y", "x");
  }

  @ParameterizedTest
  @EnumSource
  void tablesHoldTheFieldsAndTheBoxesOfTheNuclei(NgffVersion version) {
    int nuclei = SampleImage.write(root, layout(version), CELLS);
    Tables tables = Tables.open(root);
    assertThat(tables.names()).containsExactly("FOV_ROI_table", "nuclei_ROI_table");
    assertThat(tables.roiTable("FOV_ROI_table").size()).isEqualTo(1);
    MaskingRoiTable masking = tables.findMasking("nuclei").orElseThrow();
    assertThat(masking.size()).isEqualTo(nuclei);
    NdArray labels = whole(root.child("labels/nuclei/0"));
    for (long id = 1; id <= nuclei; id++) {
      Box box = masking.roi(id).toBox(grid(labels.shape()));
      assertThat(count(labels, id)).isEqualTo(count(labels.cut(box), id)).isPositive();
      for (int axis = 1; axis < 3; axis++) {
        Box trimmed = box.with(axis, box.start(axis) + 1, box.stop(axis));
        assertThat(count(labels.cut(trimmed), id)).isLessThan(count(labels, id));
      }
    }
  }

  private static PixelGrid grid(Shape shape) {
    Axes axes = Axes.of("z", "y", "x");
    return PixelGrid.of("nuclei", axes, shape, PixelSize.of(axes, 1, 0.1625, 0.1625));
  }

  private static long count(NdArray labels, long id) {
    IntBuffer ids = labels.buffer().asIntBuffer();
    return IntStream.range(0, ids.capacity()).filter(i -> ids.get(i) == id).count();
  }

  @Test
  void levelsEndBeforeNothingIsLeft() {
    SampleLayout deep =
        new SampleLayout(NgffVersion.V0_4, 1, 9, Shape.of(64, 64), Optional.empty());
    SampleImage.write(root, deep, new CellParameters(1, 9, 30, 1, 9, 30));
    assertThat(ImageNode.open(root).metadata().datasets()).hasSize(4);
    assertThat(whole(root.child("3")).shape()).isEqualTo(Shape.of(1, 1, 1, 3));
  }

  @Test
  void wrongLayoutsAreRefused() {
    assertThatThrownBy(
            () -> new SampleLayout(NgffVersion.V0_4, 4, 5, Shape.of(64, 64), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 4 and 5");
    SampleImage.write(root, layout(NgffVersion.V0_4), CELLS);
    assertThatThrownBy(() -> SampleImage.write(root, layout(NgffVersion.V0_4), CELLS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exists already");
  }
}
