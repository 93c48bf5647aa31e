// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AxesTest {

  @Test
  void anyOrderedSubsetThatEndsInYXIsAllowed() {
    assertThat(Axes.of("t", "c", "z", "y", "x").rank()).isEqualTo(5);
    assertThat(Axes.of("c", "y", "x").names()).containsExactly("c", "y", "x");
    assertThat(Axes.of("y", "x").index(AxisName.X)).hasValue(1);
    assertThat(Axes.of("y", "x").index(AxisName.C)).isEmpty();
  }

  @Test
  void anotherOrderIsRefused() {
    assertThatThrownBy(() -> Axes.of("z", "c", "y", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[z, c, y, x]");
    assertThatThrownBy(() -> Axes.of("x", "y")).hasMessageContaining("[x, y]");
    assertThatThrownBy(() -> Axes.of("y", "y", "x")).hasMessageContaining("[y, y, x]");
    assertThatThrownBy(() -> Axes.of("c", "x")).hasMessageContaining("must end in y, x");
    assertThatThrownBy(() -> Axes.of("q", "y", "x")).hasMessageContaining("'q'");
  }

  @Test
  void anAxisHasTheTypeOfItsName() {
    assertThatThrownBy(() -> new Axis("c", AxisType.SPACE, java.util.Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("channel, got space");
  }

  @Test
  void withoutDropsAnAxis() {
    assertThat(Axes.of("c", "z", "y", "x").without(AxisName.C)).isEqualTo(Axes.of("z", "y", "x"));
    assertThat(Axes.of("y", "x").without(AxisName.C)).isEqualTo(Axes.of("y", "x"));
  }
}
