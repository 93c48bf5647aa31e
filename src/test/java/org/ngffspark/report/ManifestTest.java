// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

class ManifestTest {
  private static final Path FULL = Path.of("/dev/full");
  private static final ObjectNode RUN = JsonNodeFactory.instance.objectNode().put("command", "x");

  @TempDir private Path folder;
  private final RunInfo run = RunInfo.current("x", Map.of());
  private final Outcomes.Clock clock = new Outcomes.Clock();

  private Manifest start(Path file) {
    return Manifest.start(file, run, RUN, clock);
  }

  @Test
  void everyLineIsThereBeforeTheRunGoesOn() throws IOException {
    Path file = folder.resolve("new/run.jsonl");
    Manifest manifest = start(file);
    assertThat(Files.readString(file))
        .startsWith("{\"kind\":\"run\",\"run\":\"" + run.id() + "\",\"schema\":1,\"started\":\"")
        .contains("\"process\":" + ProcessHandle.current().pid())
        .endsWith("\"command\":\"x\"}\n");
    clock.pass(2);
    manifest.ended(Outcomes.skipping("B/03/0", 17, "too large"));
    assertThat(Files.readAllLines(file).get(1))
        .isEqualTo(
            "{\"kind\":\"image\",\"run\":\""
                + run.id()
                + "\",\"input\":\"/data/plate.zarr/B/03/0\","
                + "\"output\":\"/data/plate.zarr/B/03/0_x\",\"state\":\"done\","
                + "\"ended\":\"2026-11-01T02:00:02Z\",\"seconds\":1.25,\"objects\":3,"
                + "\"pixels\":3000,\"chunks_read\":6,\"label_chunks_read\":2,\"units_written\":5,"
                + "\"pyramid_units_written\":3,\"bytes_read\":10000000,\"bytes_written\":5000000,"
                + "\"notes\":{\"no ring\":2},"
                + "\"skipped_objects\":[{\"label\":17,\"reason\":\"too large\"}]}");
    manifest.ended(Outcomes.failed("B/03/1", "disk full"));
    assertThat(Files.readAllLines(file).get(2))
        .contains("\"state\":\"failed\",\"message\":\"disk full\"");
    manifest.ended(Outcomes.doneBefore("C/05/0"));
    assertThat(Files.readAllLines(file).get(3)).contains("\"state\":\"skipped\"");
    manifest.ended(Outcomes.stopped("C/05/2"));
    assertThat(Files.readAllLines(file).get(4)).contains("\"state\":\"stopped\"");
    manifest.ended(Outcomes.done("C/05/1", 4));
    manifest.close();
    assertThat(Files.readAllLines(file)).hasSize(7);
    assertThat(Files.readAllLines(file).get(6))
        .isEqualTo(
            "{\"kind\":\"end\",\"run\":\""
                + run.id()
                + "\",\"state\":\"failed\",\"ended\":\"2026-11-01T02:00:02Z\",\"images_done\":2,"
                + "\"images_skipped\":1,\"images_failed\":1,\"images_stopped\":1,"
                + "\"objects\":7,\"pixels\":7000,"
                + "\"chunks_read\":12,\"label_chunks_read\":4,\"units_written\":10,"
                + "\"pyramid_units_written\":6,\"bytes_read\":20000000,"
                + "\"bytes_written\":10000000,\"notes\":{\"no ring\":2}}");
  }

  @Test
  void runsAreAppendedToThoseThatAreThere() throws IOException {
    Path file = folder.resolve("run.jsonl");
    start(file).close();
    Files.writeString(file, "{\"kind\":\"ima", StandardOpenOption.APPEND);
    try (Manifest second = start(file)) {
      second.refused("locked");
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(5);
    assertThat(lines.get(1)).contains("\"kind\":\"end\"").contains("\"state\":\"done\"");
    assertThat(lines.get(2)).isEqualTo("{\"kind\":\"ima");
    assertThat(lines.get(3)).startsWith("{\"kind\":\"run\"");
    assertThat(lines.get(4)).contains("\"state\":\"refused\",\"message\":\"locked\"");
  }

  @Test
  void aStoppedRunSaysSo() throws IOException {
    Path file = folder.resolve("run.jsonl");
    try (Manifest manifest = start(file)) {
      manifest.ended(Outcomes.done("a", 1));
      manifest.ended(Outcomes.stopped("b"));
    }
    assertThat(Files.readAllLines(file).get(3)).contains("\"state\":\"stopped\"");
  }

  @Test
  void aFileThatIsNoManifestStaysAsItIs() throws IOException {
    Path chunk = folder.resolve("0");
    Files.writeString(chunk, "pixels");
    assertThatThrownBy(() -> start(chunk))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(chunk + ": what is there is no manifest");
    assertThat(Files.readString(chunk)).isEqualTo("pixels");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefusedAtOnce() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, "");
    assertThatThrownBy(() -> start(file.resolve("run.jsonl")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot write manifest " + file);
    assertThatThrownBy(() -> start(folder)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRunThatEndsBeforeItTookUpItsImagesIsStopped() throws IOException {
    Path file = folder.resolve("run.jsonl");
    ObjectNode what = RUN.deepCopy();
    what.putArray("images").add("a").add("b");
    Manifest manifest = Manifest.start(file, run, what, clock);
    manifest.ended(Outcomes.done("a", 1));
    manifest.close();
    assertThat(Files.readString(file)).contains("\"kind\":\"end\"", "\"state\":\"stopped\"");
  }

  static boolean hasFullDevice() {
    return Files.exists(FULL);
  }

  @Test
  @EnabledIf("hasFullDevice")
  void aDiskThatFillsDoesNotStopTheRunButIsTold() {
    Manifest manifest = start(FULL);
    manifest.ended(Outcomes.done("a", 1));
    assertThatThrownBy(manifest::close)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Manifest /dev/full is incomplete: ");
  }

  @Test
  void aFileInAStoreIsNewAndWrittenAnewNowAndThen() {
    StorePath file = new StorePath(new MemoryStore(), "runs/run.jsonl");
    Manifest manifest = Manifest.start(file, run, RUN, clock);
    assertThat(lines(file)).isEqualTo(1);
    manifest.ended(Outcomes.doneBefore("B/03/0"));
    assertThat(lines(file)).isEqualTo(1);
    clock.pass(10);
    manifest.ended(Outcomes.doneBefore("B/03/1"));
    assertThat(lines(file)).isEqualTo(3);
    manifest.ended(Outcomes.doneBefore("C/05/0"));
    manifest.close();
    assertThat(lines(file)).isEqualTo(5);
    assertThatThrownBy(() -> Manifest.start(file, run, RUN, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("runs/run.jsonl")
        .hasMessageContaining("it is there already");
    assertThat(lines(file)).isEqualTo(5);
  }

  private static long lines(StorePath file) {
    return StandardCharsets.UTF_8
        .decode(file.store().read(file.path()).orElseThrow())
        .toString()
        .lines()
        .count();
  }
}
