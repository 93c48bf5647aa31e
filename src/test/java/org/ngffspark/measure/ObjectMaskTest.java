// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectMaskTest {
  private static final int[] BENT = {0, 4, 7, 2, 0, 5, 6, 1, 0, 5, 9, 3};

  @Test
  void theBoxIsTheSmallestAroundAllRuns() {
    ObjectMask mask = ObjectMask.of(2, BENT);
    assertThat(mask.pixels()).isEqualTo(6);
    assertThat(List.of(mask.z(), mask.y(), mask.x())).containsExactly(0, 4, 6);
    assertThat(List.of(mask.depth(), mask.height(), mask.width())).containsExactly(1, 2, 6);
    assertThat(mask.boxPixels()).isEqualTo(12);
  }

  @Test
  void runsAreRelativeToTheBox() {
    List<String> runs = new ArrayList<>();
    ObjectMask.of(2, BENT)
        .forEachRun((z, y, x, length) -> runs.add(z + " " + y + " " + x + " " + length));
    assertThat(runs).containsExactly("0 0 1 2", "0 1 0 1", "0 1 3 3");
  }

  @Test
  void runsThatTouchOrGoBackAreRefused() {
    assertThatThrownBy(() -> ObjectMask.of(2, new int[] {0, 0, 0, 2, 0, 0, 2, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0, 0, 0, 2, 0, 0, 2, 1]");
    assertThatThrownBy(() -> ObjectMask.of(2, new int[] {0, 1, 0, 2, 0, 0, 5, 1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ObjectMask.of(2, new int[] {0, 1, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anObjectHasPixels() {
    assertThatThrownBy(() -> ObjectMask.of(2, new int[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0");
  }
}
