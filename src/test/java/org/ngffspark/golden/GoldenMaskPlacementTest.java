// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ngffspark.roi.MaskGeometry;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;

/** How many pixels ngio resamples a label to, and which it takes, for thousands of random ROIs. */
final class GoldenMaskPlacementTest {
  private static final int X = 1;
  private static final int NONE = -1;

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
    int[] nothing = new int[patch];
    Arrays.fill(nothing, NONE);
    assertThat(index(row, patch)).as("%s", row).isEqualTo(nothing);
  }

  private static void assertMapped(Map<String, String> row, int patch, int source, int resampled) {
    double ratio = (double) source / resampled;
    int[] expected = new int[patch];
    for (int o = 0; o < patch; o++) {
      int pixel = resampled == 1 ? 0 : o;
      expected[o] =
          pixel < resampled ? (int) Math.floor((((pixel + 0.5) * ratio) - 0.5) + 0.5) : NONE;
    }
    assertThat(index(row, patch)).as("%s", row).isEqualTo(expected);
  }

  /** For each pixel of the patch the pixel of the label that it takes. */
  private static int[] index(Map<String, String> row, int patch) {
    MaskPlacement place = place(row);
    assertThat(place.patchShape().get(X)).as("%s", row).isEqualTo(patch);
    NdArray ids = NdArray.zeros(DataType.UINT32, place.labelBox().shape());
    ByteBuffer values = ids.buffer();
    for (int i = 0; i < ids.shape().elements(); i++) {
      values.putInt(4 * i, i + 1);
    }
    NdArray labels = place.resample(ids);
    boolean same = labels.shape().get(X) == 1;
    ByteBuffer found = labels.buffer();
    int[] index = new int[patch];
    for (int o = 0; o < patch; o++) {
      index[o] = found.getInt(same ? 0 : 4 * o) - 1;
    }
    return index;
  }

  private static MaskPlacement place(Map<String, String> row) {
    Roi roi = GoldenSlicesTest.roi(row);
    MaskGeometry geometry =
        MaskGeometry.of(
            GoldenSlicesTest.grid(row, "length", "pixel"),
            GoldenSlicesTest.grid(row, "label_length", "label_pixel"));
    return geometry.place(roi);
  }

  private static int number(Map<String, String> row, String column) {
    return Integer.parseInt(row.get(column));
  }
}
