// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunSummaryTest {
  private final Outcomes.Clock clock = new Outcomes.Clock();
  private final RunSummary summary = new RunSummary(clock);

  @Test
  void whatWasDoneWhereAndHowLong() {
    summary.ended(Outcomes.done("B/03/0", 1));
    clock.pass(12.34);
    assertThat(summary.lines("transformed"))
        .containsExactly(
            "1 image transformed in 12.3 s: 1 object, 1,000 pixels, 9.5 MiB read, 4.8 MiB written",
            "  in /data/plate.zarr/B/03/0_x");
    summary.ended(Outcomes.doneBefore("B/03/1"));
    summary.ended(Outcomes.skipping("C/05/0", 5, "too large"));
    assertThat(summary.lines("transformed"))
        .containsExactly(
            "2 images transformed in 12.3 s: 4 objects, 4,000 pixels, 19.1 MiB read, 9.5 MiB written",
            "  in /data/plate.zarr/B/03/0_x, /data/plate.zarr/C/05/0_x",
            "  1 done by the same job before",
            "  2 objects: no ring",
            "  1 object left alone, as the transform failed or they have no region");
    assertThat(summary.failures()).isEmpty();
  }

  @Test
  void requestsThatAStorePutOffAreCounted() {
    summary.ended(Outcomes.done("B/03/0", 1));
    summary.ended(Outcomes.repeating("B/03/1", 7));
    assertThat(summary.lines("transformed"))
        .contains(
            "  7 requests sent again, after growing pauses, as the store asked for fewer at a time"
                + " (spark.hadoop.ngff-spark.requests)");
  }

  @Test
  void theFirstFailuresAreNamed() {
    for (int image = 0; image < 12; image++) {
      summary.ended(Outcomes.failed("i" + image, "reason " + image));
    }
    assertThat(summary.failures())
        .hasSize(12)
        .startsWith("12 images failed:", "  /data/plate.zarr/i0: reason 0")
        .endsWith("  /data/plate.zarr/i9: reason 9", "  and 2 more");
    assertThat(summary.lines("cut"))
        .containsExactly("0 images cut in 0.0 s: 0 objects, 0 B read, 0 B written");
  }

  @Test
  void imagesThatWereStoppedAreCountedApart() {
    summary.ended(Outcomes.failed("a", "disk full"));
    summary.ended(Outcomes.stopped("b"));
    assertThat(summary.failures())
        .containsExactly(
            "1 image failed:",
            "  /data/plate.zarr/a: disk full",
            "1 image stopped, unchanged: the run was stopped");
  }
}
