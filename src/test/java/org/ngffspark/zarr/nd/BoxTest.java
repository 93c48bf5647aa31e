// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BoxTest {
  private static final Box LEFT = box(0, 10, 2, 8);
  private static final Box RIGHT = box(5, 15, 6, 20);

  private static Box box(long top, long bottom, long left, long right) {
    return Box.of(new long[] {top, left}, new long[] {bottom, right});
  }

  @Test
  void anIntersectionIsWhatBothHave() {
    assertThat(LEFT.intersect(RIGHT)).isEqualTo(box(5, 10, 6, 8));
    assertThat(RIGHT.intersect(LEFT)).isEqualTo(box(5, 10, 6, 8));
    assertThat(LEFT.intersect(box(10, 12, 2, 8)).isEmpty()).isTrue();
    assertThat(LEFT.intersect(box(30, 40, 2, 8)).isEmpty()).isTrue();
  }

  @Test
  void aUnionIsTheSmallestBoxAroundBoth() {
    assertThat(LEFT.union(RIGHT)).isEqualTo(box(0, 15, 2, 20));
  }

  @Test
  void aBoxContainsWhatReachesNowhereOutside() {
    assertThat(LEFT.contains(box(0, 10, 2, 8))).isTrue();
    assertThat(LEFT.contains(box(0, 11, 2, 8))).isFalse();
    assertThat(LEFT.contains(box(0, 10, 1, 8))).isFalse();
  }

  @Test
  void aBoxLiesInAnArrayOfItsAxesOnly() {
    assertThat(LEFT.isWithin(Shape.of(10, 8))).isTrue();
    assertThat(LEFT.isWithin(Shape.of(10, 7))).isFalse();
    assertThat(box(-1, 10, 2, 8).isWithin(Shape.of(10, 8))).isFalse();
    assertThat(LEFT.isWithin(Shape.of(10))).isFalse();
    assertThat(LEFT.isWithin(Shape.of(10, 8, 1))).isFalse();
  }

  @Test
  void boxesAreAsLongAsOthersOfTheirAxesOnly() {
    assertThat(LEFT.isAsLongAs(box(20, 30, 0, 6))).isTrue();
    assertThat(LEFT.isAsLongAs(RIGHT)).isFalse();
    Box line = Box.whole(Shape.of(10));
    assertThat(LEFT.isAsLongAs(line)).isFalse();
    assertThat(line.isAsLongAs(LEFT)).isFalse();
  }

  @Test
  void lengthsAndPlacesFollowTheAxes() {
    assertThat(RIGHT.shape()).isEqualTo(Shape.of(10, 14));
    assertThat(RIGHT.relativeTo(box(5, 6, 4, 5))).isEqualTo(box(0, 10, 2, 16));
    assertThat(RIGHT.with(1, 0, 3)).isEqualTo(box(5, 15, 0, 3));
    assertThat(Box.whole(Shape.of(3, 4))).isEqualTo(box(0, 3, 0, 4));
    assertThat(RIGHT).hasToString("[5:15, 6:20]");
  }

  @Test
  void aBoxWithoutAxesIsNotEmpty() {
    assertThat(Box.whole(Shape.of()).isEmpty()).isFalse();
    assertThat(Box.whole(Shape.of(0)).isEmpty()).isTrue();
  }

  @Test
  void boxesThatRunBackwardsAreRefused() {
    assertThatThrownBy(() -> box(3, 2, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3, 0] to [2, 1]");
    assertThatThrownBy(() -> Box.of(new long[1], new long[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shapesMultiplyAndRefuseNegativeLengths() {
    assertThat(Shape.of(3, 4).elements()).isEqualTo(12);
    assertThat(Shape.of().elements()).isEqualTo(1);
    assertThat(Shape.of(3, 4).with(0, 9)).isEqualTo(Shape.of(9, 4));
    assertThatThrownBy(() -> Shape.of(3, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3, -1]");
    assertThatThrownBy(() -> Shape.of(1L << 32, 1L << 32).elements())
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void positionsAreOrderedAsInCOrder() {
    assertThat(GridPosition.of(0, 9)).isLessThan(GridPosition.of(1, 0));
    assertThat(GridPosition.of(1, 0)).isLessThan(GridPosition.of(1, 1));
    assertThat(GridPosition.of(1, 2)).hasToString("(1, 2)");
  }
}
