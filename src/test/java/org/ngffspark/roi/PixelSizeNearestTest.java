// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PixelSizeNearestTest {
  private static PixelSize yx(double pixel) {
    return PixelSize.of(Axes.of("y", "x"), pixel, pixel);
  }

  private static PixelSize zyx(double z, double pixel) {
    return PixelSize.of(Axes.of("z", "y", "x"), z, pixel, pixel);
  }

  @Test
  void theNearestPixelSizeWins() {
    assertThat(yx(0.35).nearest(List.of(yx(0.1), yx(0.2), yx(0.4), yx(0.8)))).isEqualTo(2);
  }

  @Test
  void theFirstOneWinsOnTies() {
    assertThat(yx(0.5).nearest(List.of(yx(1.0), yx(0.25), yx(0.75), yx(0.25)))).isEqualTo(1);
  }

  @Test
  void aMissingZCountsAsOne() {
    assertThat(zyx(1, 0.5).nearest(List.of(zyx(3, 0.5), yx(0.5)))).isEqualTo(1);
    assertThat(zyx(3, 0.5).nearest(List.of(yx(0.5), zyx(3, 1)))).isEqualTo(1);
  }

  @Test
  void timeDoesNotCount() {
    PixelSize slow = PixelSize.of(Axes.of("t", "y", "x"), 100, 0.5, 0.5);
    assertThat(slow.distance(yx(0.5))).isZero();
  }
}
