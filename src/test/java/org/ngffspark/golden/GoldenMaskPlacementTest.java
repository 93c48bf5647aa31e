// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ngffspark.roi.AxisIndex;
import org.ngffspark.roi.MaskGeometry;
import org.ngffspark.roi.Roi;

/** How many pixels ngio resamples a label to, and which it takes, for thousands of random ROIs. */
final class GoldenMaskPlacementTest {
  private static final int X = 1;

  private final List<Map<String, String>> rows = Golden.rows("rois/slices.csv.gz");

  @Test
  void labelsAreResampledToTheLengthThatNgioResamplesThemTo() {
    int mapped = 0;
    for (Map<String, String> row : rows) {
      int patch = number(row, "high") - number(row, "low");
      int resampled = number(row, "resampled");
      int source = number(row, "label_high") - number(row, "label_low");
      if (source == 0 && resampled > 0) {
        assertNothingIsMapped(row, patch);
      } else if (resampled == 1 || Math.abs(resampled - patch) <= 1) {
        assertMapped(row, patch, source, resampled);
        mapped++;
      } else {
        assertThatThrownBy(() -> place(row)).as("%s", row).hasMessageContaining("differ by one");
      }
    }
    assertThat(mapped).isGreaterThan(rows.size() / 2);
  }

  private static void assertNothingIsMapped(Map<String, String> row, int patch) {
    AxisIndex index = place(row);
    assertThat(index.length()).isEqualTo(patch);
    for (int o = 0; o < patch; o++) {
      assertThat(index.at(o)).as("%s at %d", row, o).isEqualTo(AxisIndex.NONE);
    }
  }

  private static void assertMapped(Map<String, String> row, int patch, int source, int resampled) {
    AxisIndex index = place(row);
    assertThat(index.length()).as("%s", row).isEqualTo(patch);
    double ratio = (double) source / resampled;
    for (int o = 0; o < patch; o++) {
      int expected = (int) Math.floor((((o + 0.5) * ratio) - 0.5) + 0.5);
      if (resampled == 1) {
        expected = (int) Math.floor(((0.5 * ratio) - 0.5) + 0.5);
      } else if (o >= resampled) {
        expected = AxisIndex.NONE;
      }
      assertThat(index.at(o)).as("%s at %d", row, o).isEqualTo(expected);
    }
  }

  private static AxisIndex place(Map<String, String> row) {
    Roi roi = GoldenSlicesTest.roi(row);
    MaskGeometry geometry =
        MaskGeometry.of(
            GoldenSlicesTest.grid(row, "length", "pixel"),
            GoldenSlicesTest.grid(row, "label_length", "label_pixel"));
    return geometry.place(roi).index().get(X);
  }

  private static int number(Map<String, String> row, String column) {
    return Integer.parseInt(row.get(column));
  }
}
