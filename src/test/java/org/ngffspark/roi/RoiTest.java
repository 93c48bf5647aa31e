// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.Shape;

class RoiTest {
  private static final double PIXEL = 0.1625;
  private static final PixelGrid LINE =
      PixelGrid.of(
          "image",
          Axes.of("y", "x"),
          Shape.of(50, 50),
          PixelSize.of(Axes.of("y", "x"), PIXEL, PIXEL));

  private static Roi onX(double start, double length) {
    return new Roi(
        Optional.of("cell"),
        Optional.of(7L),
        Map.of(AxisName.X, Interval.of(start * PIXEL, length * PIXEL)));
  }

  private static void assertRange(Roi roi, long start, long stop) {
    assertThat(roi.toBox(LINE)).isEqualTo(Box.of(new long[] {0, start}, new long[] {50, stop}));
  }

  @Test
  void startAndLengthSnapToWholePixelsIfLessThanAHundredthAway() {
    assertRange(onX(3, 7), 3, 10);
    assertRange(onX(3.5, 7), 3, 11);
    assertRange(onX(3.005, 7.004), 3, 10);
    assertRange(onX(3.011, 7), 3, 11);
  }

  @Test
  void theHundredthItselfIsDecidedByTheDouble() {
    Interval near = Interval.of(3.01, 2.99);
    assertThat(near.firstPixel(1)).isEqualTo(3);
    assertThat(near.endPixel(1)).isEqualTo(6);
    assertThat(Interval.of(100.01, 1).firstPixel(1)).isEqualTo(100.01);
  }

  @Test
  void aRegionIsCutToTheImage() {
    assertRange(onX(-2, 6), 0, 4);
    assertRange(onX(45, 20), 45, 50);
    assertThat(onX(60, 5).toBox(LINE).isEmpty()).isTrue();
    assertThat(onX(-9, 5).toBox(LINE).isEmpty()).isTrue();
  }

  @Test
  void zoomGrowsAboutTheCentre() {
    assertThat(Interval.of(10, 5).grow(2, 0)).isEqualTo(Interval.of(7.5, 10));
    assertThat(Interval.of(10, 5).grow(1.5, 0)).isEqualTo(Interval.of(8.75, 7.5));
    assertThat(Interval.of(10, 5).grow(0.5, 0)).isEqualTo(Interval.of(11.25, 2.5));
    assertThat(Interval.of(10, 5).grow(1.1, 0)).isEqualTo(Interval.of(9.75, 5.5));
  }

  @Test
  void zoomShiftsARegionThatTouchesTheBorder() {
    assertThat(Interval.of(1, 8).grow(2, 0)).isEqualTo(Interval.of(0, 16));
    assertThat(Interval.of(-3, 8).grow(1, 0)).isEqualTo(Interval.of(0, 8));
  }

  @Test
  void zoomLeavesEveryAxisButYAndXAlone() {
    Interval range = Interval.of(10, 5);
    Roi roi =
        new Roi(
            Optional.empty(),
            Optional.empty(),
            Map.of(AxisName.T, range, AxisName.Z, range, AxisName.Y, range, AxisName.X, range));
    Roi zoomed = roi.zoom(2);
    assertThat(zoomed.interval(AxisName.T)).isEqualTo(range);
    assertThat(zoomed.interval(AxisName.Z)).isEqualTo(range);
    assertThat(zoomed.interval(AxisName.Y)).isEqualTo(Interval.of(7.5, 10));
    assertThat(zoomed.interval(AxisName.X)).isEqualTo(Interval.of(7.5, 10));
  }

  @Test
  void anOpenEndRunsToTheEndOfTheAxis() {
    Interval toTheEnd = new Interval(OptionalDouble.of(20 * PIXEL), OptionalDouble.empty());
    Roi roi = new Roi(Optional.empty(), Optional.empty(), Map.of(AxisName.X, toTheEnd));
    assertRange(roi, 20, 50);
    assertRange(roi.zoom(3), 20, 50);
    assertRange(new Roi(Optional.empty(), Optional.empty(), Map.of()), 0, 50);
  }

  @Test
  void aZoomThatIsNotPositiveIsRefused() {
    for (double factor : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> onX(3, 7).zoom(factor))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("got " + factor);
    }
  }

  @Test
  void aLengthMustBeFiniteAndNotNegative() {
    for (double length : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Interval.of(0, length))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("got " + length);
    }
  }

  @Test
  void anAxisTheImageLacksMustBeOpenOrTheFirstPixel() {
    for (Interval fine :
        new Interval[] {Interval.whole(), Interval.of(0, 1), Interval.of(0.001, 0.999)}) {
      Roi roi = new Roi(Optional.empty(), Optional.empty(), Map.of(AxisName.Z, fine));
      assertRange(roi, 0, 50);
    }
    Roi deep = new Roi(Optional.of("a"), Optional.of(3L), Map.of(AxisName.Z, Interval.of(0, 2)));
    assertThatThrownBy(() -> deep.toBox(LINE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label 3")
        .hasMessageContaining("axis z")
        .hasMessageContaining("[y, x]");
  }

  @Test
  void nonsenseNumbersGiveABoxWithinTheImage() {
    for (double start : new double[] {-1e300, -1e18, 1e18, 1e300}) {
      for (double length : new double[] {0, 1e-300, 1e18, 1.7e308}) {
        Box box = onX(start, length).toBox(LINE);
        assertThat(Box.whole(LINE.shape()).contains(box)).isTrue();
      }
    }
  }

  @Test
  void aRegionCrossesSerialization() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(onX(3, 7));
      out.writeObject(LINE);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Roi roi = (Roi) in.readObject();
      assertThat(roi).isEqualTo(onX(3, 7));
      assertThat(roi.toBox((PixelGrid) in.readObject())).isEqualTo(onX(3, 7).toBox(LINE));
    }
  }
}
