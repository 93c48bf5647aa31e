// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressReportTest {
  private final Outcomes.Clock clock = new Outcomes.Clock();
  private final StringWriter shown = new StringWriter();
  private final PrintWriter out = new PrintWriter(shown);

  private String shown() {
    String text = shown.toString();
    shown.getBuffer().setLength(0);
    return text;
  }

  @Test
  void plainLinesTellEveryImageThatEnds() {
    ProgressReport progress = ProgressReport.plain(out, clock);
    progress.planned(3, 1200);
    assertThat(shown()).isEqualTo("3 images, 1,200 objects\n");
    progress.ended(Outcomes.done("B/03/0", 400));
    assertThat(shown()).isEqualTo("done: /data/plate.zarr/B/03/0_x (400 objects, 1.3 s)\n");
    progress.ended(Outcomes.doneBefore("B/03/1"));
    assertThat(shown()).isEqualTo("done before: /data/plate.zarr/B/03/1_x\n");
    progress.ended(Outcomes.failed("C/05/0", "disk full"));
    assertThat(shown()).isEqualTo("failed: /data/plate.zarr/C/05/0: disk full\n");
  }

  @Test
  void plainLinesTellHowThingsStandEveryHalfMinute() {
    ProgressReport progress = ProgressReport.plain(out, clock);
    progress.planned(2, 1000);
    shown();
    clock.pass(29);
    progress.progressed(Outcomes.work(100));
    assertThat(shown()).isEmpty();
    clock.pass(1);
    progress.progressed(Outcomes.work(100));
    assertThat(shown()).isEqualTo("0/2 images, 200/1,000 objects, 1.0 MB/s, 2:00 left\n");
    progress.tick();
    assertThat(shown()).isEmpty();
    clock.pass(30);
    progress.ended(Outcomes.failed("a", "no"));
    shown();
    progress.tick();
    assertThat(shown())
        .isEqualTo("1/2 images (1 failed), 200/1,000 objects, 0.5 MB/s, 1:00 left\n");
  }

  @Test
  void onATerminalOneLineIsWrittenOver() {
    ProgressReport progress = ProgressReport.terminal(out, 100, clock);
    progress.planned(2, 1000);
    assertThat(shown()).isEqualTo("2 images, 1,000 objects\n");
    clock.pass(10);
    progress.progressed(Outcomes.work(500));
    String bar = "[############............] 0/2 images, 500/1,000 objects, 1.5 MB/s, 0:10 left";
    assertThat(shown()).isEqualTo("\r" + bar);
    progress.ended(Outcomes.failed("a", "no"));
    String failed =
        "[############............] 1/2 images (1 failed), 500/1,000 objects, 1.5 MB/s, 0:10 left";
    assertThat(shown())
        .isEqualTo(
            "\r" + " ".repeat(bar.length()) + "\rfailed: /data/plate.zarr/a: no\n\r" + failed);
    clock.pass(10);
    progress.progressed(Outcomes.work(500));
    String full = "[########################] 1/2 images (1 failed), 1,000/1,000 objects, 1.5 MB/s";
    assertThat(shown()).isEqualTo("\r" + full + " ".repeat(failed.length() - full.length()));
    progress.close();
    assertThat(shown()).isEqualTo("\r" + " ".repeat(full.length()) + "\r");
    progress.tick();
    progress.ended(Outcomes.failed("b", "late"));
    assertThat(shown()).as("nothing is shown any more").isEmpty();
  }

  @Test
  void theLineFitsTheTerminal() {
    ProgressReport progress = ProgressReport.terminal(out, 40, clock);
    progress.planned(1, 0);
    assertThat(shown()).isEqualTo("1 image\n");
    clock.pass(1);
    progress.progressed(Outcomes.work(1));
    assertThat(shown()).isEqualTo("\r[........................] 0/1 images, ");
  }

  @Test
  void whereObjectsAreNotKnownImagesTellTheTimeLeft() {
    ProgressReport progress = ProgressReport.plain(out, clock);
    progress.planned(4, 0);
    progress.ended(Outcomes.done("a", 10));
    shown();
    clock.pass(40);
    progress.tick();
    assertThat(shown()).isEqualTo("1/4 images, 0 objects, 0.0 MB/s, 2:00 left\n");
  }
}
