// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;

class RoiTableTest {
  private static final Roi FIELD =
      new Roi(
          Optional.of("FOV_1"),
          Optional.empty(),
          Map.of(
              AxisName.X, Interval.of(1, 2),
              AxisName.Y, Interval.of(-3, 4),
              AxisName.Z, Interval.of(5, 6),
              AxisName.T, Interval.of(7, 8)));
  private static final Roi OBJECT =
      new Roi(Optional.of("cell"), Optional.of(9L), FIELD.intervals());

  @Test
  void regionsComeBackInTheirOrder() {
    RoiTable table = RoiTable.of(List.of(OBJECT, OBJECT));
    assertThat(table.rois()).containsExactly(OBJECT, OBJECT);
    assertThat(RoiTable.of(table.table(), "here")).isEqualTo(table);
    assertThat(RoiTable.of(List.of(FIELD)).roi("FOV_1")).isEqualTo(FIELD);
  }

  @Test
  void aRegionWithoutANameIsNamedAfterItsLabelOrRow() {
    Roi labelled = new Roi(Optional.empty(), Optional.of(9L), FIELD.intervals());
    Roi bare = new Roi(Optional.empty(), Optional.empty(), FIELD.intervals());
    assertThat(RoiTable.of(List.of(labelled)).names()).containsExactly("9");
    assertThat(RoiTable.of(List.of(bare, bare)).names()).containsExactly("0", "1");
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> RoiTable.of(List.of(FIELD)).roi("FOV_2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No ROI 'FOV_2'; the table has [FOV_1]");
  }

  @Test
  void someLabelsWithoutOthersAreRefused() {
    assertThatThrownBy(() -> RoiTable.of(List.of(FIELD, OBJECT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 of 2 ROIs have a label");
  }

  @Test
  void furtherColumnsAreKept() {
    Table stored = RoiTable.of(List.of(FIELD)).table();
    List<Column> columns = new ArrayList<>(stored.values());
    columns.add(StringColumn.of("well", "B03"));
    RoiTable table = RoiTable.of(Table.of(stored.index().orElseThrow(), columns), "here");
    assertThat(table.extra().columns()).containsExactly(StringColumn.of("well", "B03"));
    assertThat(table.roi(0)).isEqualTo(FIELD);
    assertThat(table.table().find("well")).isPresent();
  }
}
