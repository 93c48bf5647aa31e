// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowthTest {
  private static final PixelSize PIXELS =
      new PixelSize(Map.of(AxisName.Z, 2.0, AxisName.Y, 0.5, AxisName.X, 0.25));
  private static final Roi ROI =
      new Roi(
          Optional.empty(),
          Optional.empty(),
          Map.of(
              AxisName.Z, Interval.of(8, 4),
              AxisName.Y, Interval.of(20, 10),
              AxisName.X, Interval.of(30, 20)));

  private static void assertGrown(String zoom, String padding, Interval z, Interval y, Interval x) {
    Roi grown = ROI.grow(Growth.parse(zoom, padding), PIXELS);
    assertThat(grown.interval(AxisName.Z)).isEqualTo(z);
    assertThat(grown.interval(AxisName.Y)).isEqualTo(y);
    assertThat(grown.interval(AxisName.X)).isEqualTo(x);
  }

  @Test
  void oneFactorIsThatOfYAndX() {
    Interval z = Interval.of(8, 4);
    assertGrown("2", "", z, Interval.of(15, 20), Interval.of(20, 40));
    assertThat(Growth.parse("2", "")).isEqualTo(Growth.by(2));
    assertGrown("z=1.5,x=0.5", "", Interval.of(7, 6), Interval.of(20, 10), Interval.of(35, 10));
  }

  @Test
  void aPaddingIsAddedOnBothSidesInPixelsOrMicrometres() {
    Interval z = Interval.of(8, 4);
    assertGrown("1", "4", z, Interval.of(18, 14), Interval.of(29, 22));
    assertGrown("1", "4px", z, Interval.of(18, 14), Interval.of(29, 22));
    assertGrown("1", "4um", z, Interval.of(16, 18), Interval.of(26, 28));
    assertGrown("1", "z=1,x=2px", Interval.of(6, 8), Interval.of(20, 10), Interval.of(29.5, 21));
    assertGrown("2", "4um", z, Interval.of(11, 28), Interval.of(16, 48));
  }

  @Test
  void aRegionThatWouldBeginBeforeTheImageIsShifted() {
    assertGrown("1", "z=5,y=50px", Interval.of(0, 24), Interval.of(0, 60), Interval.of(30, 20));
  }

  @Test
  void textsAreReadBack() {
    for (String zoom : new String[] {"1.5", "z=2,x=0.5", "y=3"}) {
      for (String padding : new String[] {"", "3", "2.5um", "z=1,y=0.1px"}) {
        Growth growth = Growth.parse(zoom, padding);
        assertThat(Growth.parse(growth.zoomText(), growth.paddingText())).isEqualTo(growth);
      }
    }
    assertThat(Growth.by(1.5)).hasToString("1.5");
    assertThat(Growth.parse("z=2", "3um")).hasToString("z=2.0,y=1.0,x=1.0 + y=3.0,x=3.0um");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "-1 | '' | Zoom must be a positive, finite number, got -1.0",
        "two | '' | Zoom must be a number for y and x, or one for each axis, as 1.5",
        "1.5px | '' | got '1.5px'",
        "c=2 | '' | Regions grow on the axes z, y and x, not on c",
        "q=2 | '' | got 'q=2'",
        "y=2,y=3 | '' | got 'y=2,y=3'",
        "1 | -3 | Padding must be 0 or a positive, finite number, got -3.0",
        "1 | 3mm | as 10, 10px, 2.5um or z=1,y=10,x=10px; got '3mm'",
        "1 | y=3um,x=4px | got 'y=3um,x=4",
      })
  void whatIsNoGrowthIsRefused(String zoom, String padding, String message) {
    assertThatThrownBy(() -> Growth.parse(zoom, padding))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
