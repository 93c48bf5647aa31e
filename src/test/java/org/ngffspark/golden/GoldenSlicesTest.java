// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.Shape;

/** Where ngio slices, for thousands of random ROIs. */
final class GoldenSlicesTest {
  private static final Axes AXES = Axes.of("y", "x");

  private final List<Map<String, String>> rows = Golden.rows("rois/slices.csv.gz");

  @Test
  void roisCoverThePixelsOfTheImageThatTheyCoverInNgio() {
    assertThat(rows).hasSizeGreaterThan(1000);
    for (Map<String, String> row : rows) {
      Box box = roi(row).toBox(grid(row, "length", "pixel"));
      assertThat(box).as("%s", row).isEqualTo(expected(row, "low", "high"));
    }
  }

  @Test
  void roisCoverThePixelsOfTheLabelThatTheyCoverInNgio() {
    for (Map<String, String> row : rows) {
      Box box = roi(row).toBox(grid(row, "label_length", "label_pixel"));
      assertThat(box).as("%s", row).isEqualTo(expected(row, "label_low", "label_high"));
    }
  }

  static Roi roi(Map<String, String> row) {
    Interval interval = new Interval(optional(row.get("start")), optional(row.get("extent")));
    Roi roi = new Roi(Optional.empty(), Optional.empty(), Map.of(AxisName.X, interval));
    return roi.zoom(Double.parseDouble(row.get("zoom")));
  }

  static PixelGrid grid(Map<String, String> row, String length, String pixel) {
    PixelSize size = PixelSize.of(AXES, 1.0, Double.parseDouble(row.get(pixel)));
    return PixelGrid.of(length, AXES, Shape.of(1, Long.parseLong(row.get(length))), size);
  }

  private static Box expected(Map<String, String> row, String low, String high) {
    long[] start = {0, Long.parseLong(row.get(low))};
    long[] stop = {1, Long.parseLong(row.get(high))};
    return Box.of(start, stop);
  }

  private static OptionalDouble optional(String number) {
    return number.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(number));
  }
}
