// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.resample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ngffspark.golden.Golden;

class NearestAxisTest {
  @Test
  void nearestNeighboursAreThoseOfNgio() {
    for (Map<String, String> row : Golden.rows("rois/nearest.csv.gz")) {
      long source = Long.parseLong(row.get("source"));
      long target = Long.parseLong(row.get("target"));
      NearestAxis axis = new NearestAxis(source, target);
      StringBuilder found = new StringBuilder();
      for (long o = 0; o < target; o++) {
        found.append(o == 0 ? "" : " ").append(axis.first(o));
      }
      assertThat(found.toString()).as("%d to %d", source, target).isEqualTo(row.get("indices"));
    }
  }
}
