// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.roi.Roi;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

class ContainerTest {
  private static Roi roi(long label, double start) {
    Interval range = Interval.of(start, 1.3);
    return new Roi(
        Optional.empty(),
        Optional.of(label),
        Map.of(AxisName.Z, Interval.of(0, 1), AxisName.Y, range, AxisName.X, range));
  }

  private static void write(Container container, String table, String label, double start) {
    MaskingRoiTable rois = MaskingRoiTable.builder().add(roi(5, start)).build();
    container.tables().write(table, rois, label, WritableBackend.CSV);
  }

  @Test
  void theFirstMaskingRoiTableOfTheLabelGivesTheRegions() {
    Container container = TestContainer.plane().create();
    write(container, "a", "cells", 0);
    write(container, "b", "nuclei", 3.25);
    write(container, "c", "nuclei", 6.5);
    Masked masked = container.maskedImage("nuclei");
    assertThat(masked.getRoi(5).box())
        .isEqualTo(Box.of(new long[] {0, 10, 10}, new long[] {2, 14, 14}));
    assertThat(container.maskedImage(Masking.by("nuclei").withTable("c"), 0).getRoi(5).box())
        .isEqualTo(Box.of(new long[] {0, 20, 20}, new long[] {2, 24, 24}));
  }

  @Test
  void withoutATableRegionsAreComputedFromTheLabelImage() {
    Container container = TestContainer.plane().create();
    write(container, "a", "cells", 0);
    LabelBoxes boxes = container.label("nuclei").boxes();
    Masked masked = container.maskedImage("nuclei");
    assertThat(masked.rois().labels()).isEqualTo(boxes.labels());
    Box box = boxes.boxAt(2);
    assertThat(masked.getRoi(boxes.label(2)).box())
        .isEqualTo(
            Box.of(
                new long[] {0, box.start(0), box.start(1)},
                new long[] {2, box.stop(0), box.stop(1)}));
  }

  @Test
  void theLabelLevelOfTheNearestPixelSizeMasks() {
    Container container = TestContainer.plane().create();
    container.image().pyramid().withLevels(3);
    container.label("nuclei").pyramid().withLevels(2);
    Container opened = Container.open(container.path());
    assertThat(opened.maskedImage(Masking.by("nuclei"), 1).label().level()).isEqualTo(1);
    assertThat(opened.maskedImage(Masking.by("nuclei"), 2).label().level()).isEqualTo(1);
    assertThat(opened.maskedImage(Masking.by("cells"), 2).label().level()).isZero();
    assertThat(opened.image(PixelSize.of(Axes.of("y", "x"), 0.6, 0.6)).level()).isEqualTo(1);
  }

  @Test
  void whatIsNotThereIsAnErrorThatListsWhatIs() {
    Container container = TestContainer.plane().create();
    assertThatThrownBy(() -> container.maskedImage("wells"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'wells'")
        .hasMessageContaining("[nuclei, cells]");
    assertThatThrownBy(() -> container.image(1)).hasMessageContaining("No level 1");
    assertThatThrownBy(() -> container.maskedImage(Masking.by("nuclei").withTable("x"), 0).rois())
        .hasMessageContaining("No table 'x'");
    assertThatThrownBy(() -> Container.open(StorePath.root(new MemoryStore())))
        .isInstanceOf(FormatException.class);
  }

  @Test
  void aDerivedImageHasTheSameLevelsAndNoPixels() {
    for (TestContainer kind :
        new TestContainer[] {
          TestContainer.plane(), TestContainer.plane().withShards(Shape.of(1, 32, 40))
        }) {
      Container container = kind.create();
      container.image().pyramid().withLevels(3);
      Container source = Container.open(container.path());
      Container derived = source.deriveImage(StorePath.root(new MemoryStore()));
      assertThat(derived.levels()).isEqualTo(3);
      assertThat(derived.labels()).isEmpty();
      assertThat(derived.tables().names()).isEmpty();
      assertThat(derived.channels()).isEqualTo(source.channels());
      for (int level = 0; level < 3; level++) {
        Image image = derived.image(level);
        assertThat(image.array().metadata()).isEqualTo(source.image(level).array().metadata());
        assertThat(image.pixelSize()).isEqualTo(source.image(level).pixelSize());
        assertThat(image.read().pixels().isFilledWith(0)).isTrue();
      }
      assertThatThrownBy(() -> source.deriveImage(derived.path()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aDerivedLabelHasNoChannelsAndHoldsLargeIds() {
    for (NgffVersion version : NgffVersion.values()) {
      for (DataType type : new DataType[] {DataType.UINT8, DataType.UINT16, DataType.FLOAT32}) {
        Container container = TestContainer.plane().withVersion(version).withType(type).create();
        Label label = container.deriveLabel("spots");
        assertThat(label.axes().names()).containsExactly("y", "x");
        assertThat(label.shape()).isEqualTo(Shape.of(50, 62));
        assertThat(label.array().chunks().chunk()).isEqualTo(Shape.of(16, 20));
        NdArray ids = NdArray.zeros(DataType.UINT32, label.shape());
        ids.fill(4_000_000_000L);
        label.array().write(Box.whole(label.shape()), ids);
        assertThat(Container.open(container.path()).label("spots").read().integer(7))
            .isEqualTo(4_000_000_000L);
        assertThat(container.labels()).containsExactly("nuclei", "cells", "spots");
        assertThatThrownBy(() -> container.deriveLabel("spots"))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("'spots'");
      }
    }
  }

  @Test
  void aLabelImageOfFloatsIsRefused() {
    Container container = TestContainer.plane().create();
    assertThatThrownBy(() -> container.deriveLabel("mask", DataType.FLOAT32))
        .hasMessageContaining("float32");
    StorePath array = container.path().child("labels/nuclei/0");
    ZarrArray like = container.image().array();
    ZarrArray.create(array, like.metadata().like(Shape.of(1, 50, 62)));
    assertThatThrownBy(() -> container.label("nuclei"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("[1, 50, 62]")
        .hasMessageContaining("[y, x]");
  }

  @Test
  void aContainerIsOpenedByPathAndByUri(@TempDir Path directory) {
    Path place = directory.resolve("an image.zarr");
    TestContainer.plane().create(StorePath.root(LocalStore.at(place)));
    assertThat(Container.open(place.toString()).labels()).containsExactly("nuclei", "cells");
    assertThat(Container.open(place.toUri()).image().shape()).isEqualTo(Shape.of(2, 50, 62));
    Container copy = Container.open(place.toString()).deriveImage(directory + "/copy.zarr");
    assertThat(Container.open(directory + "/copy.zarr").metadata()).isEqualTo(copy.metadata());
  }
}
