// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.job.RunPhase;

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
    assertThat(shown()).isEqualTo("20% 200/1,000 objects, 0/2 images, 1.0 MB/s, 0:30, 2:00 left\n");
    progress.tick();
    assertThat(shown()).isEmpty();
    clock.pass(30);
    progress.ended(Outcomes.failed("a", "no"));
    shown();
    progress.tick();
    assertThat(shown())
        .isEqualTo("50% 200/1,000 objects, 1/2 images (1 failed), 0.5 MB/s, 1:00, 1:00 left\n");
  }

  @Test
  void onATerminalOneLineIsWrittenOver() {
    ProgressReport progress = ProgressReport.terminal(out, 120, clock);
    progress.looked(3, 12);
    clock.pass(2);
    progress.looked(6, 12);
    String planning = "[############............] 50% planning, 6/12 images, 0:02";
    assertThat(shown()).isEqualTo("\r" + planning);
    progress.planned(2, 1000);
    assertThat(shown())
        .isEqualTo("\r" + " ".repeat(planning.length()) + "\r2 images, 1,000 objects\n");
    clock.pass(10);
    progress.progressed(Outcomes.work(500));
    String bar =
        "[############............] 50% 500/1,000 objects, 0/2 images, 1.5 MB/s, 0:12, 0:10 left";
    assertThat(shown()).isEqualTo("\r" + bar);
    progress.ended(Outcomes.failed("a", "no"));
    String failed =
        "[############............] 50% 500/1,000 objects, 1/2 images (1 failed), 1.5 MB/s, 0:12,"
            + " 0:10 left";
    assertThat(shown())
        .isEqualTo(
            "\r" + " ".repeat(bar.length()) + "\rfailed: /data/plate.zarr/a: no\n\r" + failed);
    clock.pass(10);
    progress.progressed(Outcomes.work(500));
    shown();
    clock.pass(1);
    progress.phase(RunPhase.COMMITTING);
    String last = "[########################] 100% committing, 1/2 images (1 failed), 0:23";
    assertThat(shown()).startsWith("\r" + last);
    progress.close();
    assertThat(shown()).isEqualTo("\r" + " ".repeat(last.length()) + "\r");
    progress.tick();
    progress.ended(Outcomes.failed("b", "late"));
    assertThat(shown()).as("nothing is shown any more").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 120})
  void aRunOverOneLargeImageMovesEverySecondAndFitsTheTerminal(int columns) {
    ProgressReport progress = ProgressReport.terminal(out, columns, clock);
    progress.looked(0, 1);
    clock.pass(1);
    progress.looked(1, 1);
    progress.planned(1, columns == 60 ? 0 : 500_000);
    progress.found(500_000);
    shown();
    List<String> frames = new ArrayList<>();
    for (int second = 1; second <= 300; second++) {
      clock.pass(1);
      progress.running(second / 300.0 * 500_000);
      frames.add(shown().strip());
    }
    assertThat(frames).doesNotHaveDuplicates();
    assertThat(frames).allMatch(frame -> frame.length() < columns);
    String bar = columns == 60 ? "[#####.....]" : "[############............]";
    assertThat(frames.get(149)).isEqualTo(bar + " 50% 250,000/500,000 objects, 2:31, 2:30 left");
    progress.progressed(Outcomes.work(500_000));
    clock.pass(1);
    progress.phase(RunPhase.LEVELS);
    assertThat(shown().strip()).contains("100% coarser levels, 0/1 images, 5:02");
  }

  @Test
  void theTimeLeftCountsDownUntilItIsOff() {
    TimeLeft left = new TimeLeft();
    assertThat(left.at(1, 0.001)).isZero();
    assertThat(left.at(10, 0.1)).hasSeconds(90);
    assertThat(left.at(11, 0.105)).as("93 by the rate").hasSeconds(89);
    assertThat(left.at(12, 0.125)).as("84 by the rate").hasSeconds(88);
    assertThat(left.at(13, 0.2)).as("off by more than a tenth").hasSeconds(52);
    assertThat(left.at(20, 1)).isZero();
  }

  @Test
  void whatDoesNotFitIsCut() {
    ProgressReport progress = ProgressReport.terminal(out, 20, clock);
    progress.planned(1, 0);
    assertThat(shown()).isEqualTo("1 image\n");
    clock.pass(1);
    progress.progressed(Outcomes.work(1));
    assertThat(shown()).isEqualTo("\r0% 1 object, 0:01");
    progress.ended(Outcomes.failed("a", "no"));
    assertThat(shown()).endsWith("\r100% 1 object, 1/1 ");
  }

  @Test
  void whereObjectsAreNotKnownImagesTellTheTimeLeft() {
    ProgressReport progress = ProgressReport.plain(out, clock);
    progress.planned(4, 0);
    progress.ended(Outcomes.done("a", 10));
    shown();
    clock.pass(40);
    progress.tick();
    assertThat(shown()).isEqualTo("25% 0 objects, 1/4 images, 0:40, 2:00 left\n");
  }
}
