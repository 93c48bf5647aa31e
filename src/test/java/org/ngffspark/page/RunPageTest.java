// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.job.RunListener;
import org.ngffspark.report.RunListeners;

class RunPageTest {
  @TempDir private Path folder;
  private Instant now = Instant.parse("2026-11-01T02:00:00Z");

  private RunPage start() {
    ObjectNode what = JsonNodeFactory.instance.objectNode().put("command", "ngff-spark rois a b");
    what.putArray("images").add("a").add("b");
    RunInfo run = RunInfo.current("rois", Map.of());
    return RunPage.start(folder, run, what, List.of(), Optional.empty(), () -> now);
  }

  private String html() throws IOException {
    return Files.readString(folder.resolve("report.html"));
  }

  /** Also while the one image of a run is at work for hours. */
  @Test
  void aRunAtWorkSaysHowItStandsEveryFewSeconds() throws IOException {
    try (RunPage page = start()) {
      assertThat(html()).contains("At work, or killed").doesNotContain("id=\"progress\"");
      RunListener run = new RunListeners(page.listeners());
      run.looked(1, 2);
      now = now.plusSeconds(6);
      run.planned(2, 5000);
      page.tick();
      assertThat(html()).contains("<p id=\"progress\">0% 0/5,000 objects, 0/2 images, 0:06");
      run.running(100);
      page.tick();
      assertThat(html()).contains("0/5,000 objects");
      now = now.plus(Duration.ofSeconds(6));
      run.running(1250.5);
      page.tick();
      assertThat(html()).contains("<p id=\"progress\">25% 1,250/5,000 objects, 0/2 images, 0:12");
    }
    assertThat(html()).contains("Stopped before all was done.").doesNotContain("id=\"progress\"");
  }

  @Test
  void aPageThatCannotBeWrittenIsToldAtTheEnd() throws IOException {
    RunPage page = start();
    for (String file : List.of("report.html", "run.jsonl", "samples.jsonl")) {
      Files.delete(folder.resolve(file));
    }
    now = now.plusSeconds(6);
    page.tick();
    assertThatThrownBy(page::close)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Cannot read " + folder.resolve("run.jsonl"));
  }
}
