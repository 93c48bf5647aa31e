// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.ngffspark.plan.Assignment.Crossing;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.Shape;

class LabelsTest {

  @Test
  void batchesKeepOpenEndsAndSortByLabel() {
    Roi open =
        new Roi(
            Optional.empty(),
            Optional.of(9L),
            Map.of(
                AxisName.Y,
                new Interval(OptionalDouble.of(2.5), OptionalDouble.empty()),
                AxisName.X,
                Interval.of(1, 4)));
    LabelBatch first = new LabelBatch.Builder().add(9, open).add(3, roi(3)).build();
    LabelBatch both =
        LabelBatch.merge(List.of(first, new LabelBatch.Builder().add(5, roi(5)).build()));
    assertThat(both.size()).isEqualTo(3);
    assertThat(List.of(both.label(0), both.label(1), both.label(2))).containsExactly(3L, 5L, 9L);
    assertThat(both.roi(0)).isEqualTo(roi(3));
    assertThat(both.roi(2)).isEqualTo(open);
  }

  @Test
  void aLabelIsInnerToOneTileOrCrossesAndIsComputedOnce() {
    TileGrid tiles =
        new TileGrid(new ChunkGrid(Shape.of(20, 20), Shape.of(10, 10)), Shape.of(1, 1));
    Assignment assignment = new Assignment(tiles, Crossing.FIRST_TILE);
    assignment.add(1, roi(1), box(1, 5, 1, 5));
    assignment.add(2, roi(2), box(12, 15, 12, 15));
    assignment.add(3, roi(3), box(8, 15, 12, 15));
    assignment.add(4, roi(4), box(20, 20, 0, 5));
    assertThat(assignment.byTile().keySet()).containsExactly(0, 1, 3);
    assertThat(assignment.byTile().get(0).inner().size())
        .as("one of them lies outside")
        .isEqualTo(2);
    assertThat(assignment.byTile().get(1).crossing().label(0)).isEqualTo(3);
    assertThat(assignment.byTile().get(3).inner().label(0)).isEqualTo(2);
  }

  @Test
  void aCrossingLabelIsKnownToEachTileItTouchesIfThatIsAskedFor() {
    TileGrid tiles =
        new TileGrid(new ChunkGrid(Shape.of(20, 20), Shape.of(10, 10)), Shape.of(1, 1));
    Assignment assignment = new Assignment(tiles, Crossing.EVERY_TILE);
    assignment.add(2, roi(2), box(12, 15, 12, 15));
    assignment.add(3, roi(3), box(8, 15, 12, 15));
    assertThat(assignment.byTile().keySet()).containsExactly(1, 3);
    assertThat(assignment.byTile().get(1).crossing().label(0)).isEqualTo(3);
    assertThat(assignment.byTile().get(3).crossing().label(0)).isEqualTo(3);
    assertThat(assignment.byTile().get(3).inner().label(0)).isEqualTo(2);
  }

  @Test
  void selectionsTakeIdsAndRanges() {
    LabelSelection some = LabelSelection.parse("100-200, 5,9 150-300\n7");
    assertThat(some.toString()).isEqualTo("5,7,9,100-300");
    assertThat(some.named()).containsExactly(5L, 7L, 9L);
    assertThat(some.contains(9)).isTrue();
    assertThat(some.contains(300)).isTrue();
    assertThat(some.contains(301)).isFalse();
    assertThat(some.contains(6)).isFalse();
    assertThat(LabelSelection.all().contains(6)).isTrue();
  }

  @Test
  void selectionsOfTheSameIdsHaveOneDescription() {
    for (String text : List.of("5,6,7", "1-3,5", "7-7", "2,1-3,9-12", "9-12,3,1-2")) {
      LabelSelection some = LabelSelection.parse(text);
      LabelSelection again = LabelSelection.parse(some.toString());
      assertThat(again.toString()).isEqualTo(some.toString());
      assertThat(again.named()).containsExactlyElementsOf(some.named().boxed().toList());
      for (long label = 1; label < 14; label++) {
        assertThat(again.contains(label))
            .as("%d in %s", label, text)
            .isEqualTo(some.contains(label));
      }
    }
    assertThat(LabelSelection.parse("7, 5 6,5").toString()).isEqualTo("5,6,7");
    assertThat(LabelSelection.parse("10-20,1-3,4-5").toString()).isEqualTo("1-5,10-20");
  }

  @Test
  void selectionsRefuseWhatIsNoId() {
    for (String wrong : List.of("", "a", "5-3", "0", "-4", "1,,2x", "1-", "99999999999999999999")) {
      assertThatThrownBy(() -> LabelSelection.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("positive integers or ranges");
    }
  }

  private static Roi roi(long label) {
    return new Roi(
        Optional.empty(),
        Optional.of(label),
        Map.of(AxisName.Y, Interval.of(label, 2), AxisName.X, Interval.of(0.1625, 3)));
  }

  private static Box box(long y0, long y1, long x0, long x1) {
    return Box.of(new long[] {y0, x0}, new long[] {y1, x1});
  }
}
