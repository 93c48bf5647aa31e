// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.MaskingRoiTableBuilder;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class RegionCheckTest {
  private final Container container = TestContainer.plane().create();
  private final Label label = container.deriveLabel("squares", DataType.UINT8);
  private final double pixel = TestContainer.plane().pixel();

  RegionCheckTest() {
    for (int id = 1; id <= 7; id++) {
      draw(id, 6L * id);
    }
  }

  /** A square of 3 x 3 pixels. */
  private void draw(int id, long start) {
    NdArray square = NdArray.zeros(DataType.UINT8, Shape.of(3, 3));
    square.fill(id);
    Box box =
        Box.whole(square.shape())
            .relativeTo(Box.of(new long[] {-start, -start}, new long[] {0, 0}));
    label.array().write(box, square);
  }

  private Roi region(long id, double start, double length) {
    Interval interval = Interval.of(start * pixel, length * pixel);
    return new Roi(
        Optional.empty(), Optional.of(id), Map.of(AxisName.Y, interval, AxisName.X, interval));
  }

  @Test
  void regionsComputedFromALabelImageAgreeWithIt() {
    RegionCheck check = RegionCheck.of(label.boxes(), label.boxes());
    assertThat(check.problems()).isEmpty();
    assertThat(check.agrees()).isTrue();
  }

  @Test
  void everyKindOfDifferenceIsToldWithCountAndExamples() {
    MaskingRoiTableBuilder table = MaskingRoiTable.builder();
    table.add(region(1, 6, 3));
    table.add(region(2, 11, 5));
    table.add(region(3, 18, 2));
    table.add(region(4, 1, 3));
    table.add(region(5, 30, 40));
    table.add(region(99, 6, 3));
    RegionCheck check = RegionCheck.of(table.build(), label.boxes());
    assertThat(check.agrees()).isFalse();
    assertThat(check.problems())
        .containsExactly(
            "2 objects have no region: 6, 7",
            "1 object has a region, but no pixel: 99",
            "1 object has a region that misses all of their pixels: 4",
            "1 object has a region that holds a part of their pixels only: 3",
            "1 object has a region that leaves the label image: 5");
  }

  @Test
  void ofManyIdsTheFirstAreNamed() {
    RegionCheck check = RegionCheck.of(MaskingRoiTable.builder().build(), label.boxes());
    assertThat(check.problems()).containsExactly("7 objects have no region: 1, 2, 3, 4, 5, …");
  }

  @Test
  void aTableKnowsTheStateOfTheLabelImageItWasMadeOf() {
    for (NgffVersion version : List.of(NgffVersion.V0_4, NgffVersion.V0_5)) {
      Container other = TestContainer.plane().withVersion(version).create();
      Label nuclei = other.label("nuclei");
      MaskingRoiTableBuilder table = MaskingRoiTable.builder();
      table.add(region(1, 6, 3));
      MaskingRoiTable unknown = table.build();
      MaskingRoiTable made = unknown.madeOf(nuclei.fingerprint());
      for (WritableBackend backend : WritableBackend.values()) {
        other.tables().write("made_" + backend.ordinal(), made, "nuclei", backend);
        assertThat(other.tables().maskingRoiTable("made_" + backend.ordinal()).fingerprint())
            .contains(nuclei.fingerprint());
      }
      other.tables().write("unknown", unknown, "nuclei", WritableBackend.values()[0]);
      assertThat(other.tables().maskingRoiTable("unknown").fingerprint()).isEmpty();
      String before = nuclei.fingerprint();
      Patch ids = nuclei.read().copy();
      ids.update(id -> id * 3 % 17);
      nuclei.array().write(ids.box(), ids.pixels());
      assertThat(nuclei.fingerprint())
          .isNotEqualTo(before)
          .isEqualTo(other.label("nuclei").fingerprint());
    }
  }
}
