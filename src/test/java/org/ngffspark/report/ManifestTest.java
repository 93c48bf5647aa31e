// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
  private static final Path FULL = Path.of("/dev/full");
  private static final ObjectNode RUN = JsonNodeFactory.instance.objectNode().put("command", "x");

  @TempDir private Path folder;
  private final Outcomes.Clock clock = new Outcomes.Clock();

  @Test
  void everyLineIsThereBeforeTheRunGoesOn() throws IOException {
    Path file = folder.resolve("new/run.jsonl");
    Manifest manifest = Manifest.start(file, RUN, clock);
    assertThat(Files.readString(file))
        .isEqualTo("{\"kind\":\"run\",\"started\":\"2026-11-01T02:00:00Z\",\"command\":\"x\"}\n");
    clock.pass(2);
    manifest.ended(Outcomes.skipping("B/03/0", 17, "too large"));
    assertThat(Files.readAllLines(file).get(1))
        .isEqualTo(
            "{\"kind\":\"image\",\"input\":\"/data/plate.zarr/B/03/0\","
                + "\"output\":\"/data/plate.zarr/B/03/0_x\",\"state\":\"done\","
                + "\"ended\":\"2026-11-01T02:00:02Z\",\"seconds\":1.25,\"objects\":3,"
                + "\"pixels\":3000,\"chunks_read\":6,\"label_chunks_read\":2,\"units_written\":5,"
                + "\"pyramid_units_written\":3,\"bytes_read\":10000000,\"bytes_written\":5000000,"
                + "\"notes\":{\"no ring\":2},"
                + "\"skipped\":[{\"label\":17,\"reason\":\"too large\"}]}");
    manifest.ended(Outcomes.failed("B/03/1", "disk full"));
    assertThat(Files.readAllLines(file).get(2))
        .contains("\"state\":\"failed\",\"message\":\"disk full\"");
    manifest.ended(Outcomes.doneBefore("C/05/0"));
    assertThat(Files.readAllLines(file).get(3)).contains("\"state\":\"done_before\"");
    manifest.ended(Outcomes.done("C/05/1", 4));
    manifest.close();
    assertThat(Files.readAllLines(file)).hasSize(6);
    assertThat(Files.readAllLines(file).get(5))
        .isEqualTo(
            "{\"kind\":\"end\",\"ended\":\"2026-11-01T02:00:02Z\",\"images_done\":2,"
                + "\"images_done_before\":1,\"images_failed\":1,\"objects\":7,\"pixels\":7000,"
                + "\"chunks_read\":12,\"label_chunks_read\":4,\"units_written\":10,"
                + "\"pyramid_units_written\":6,\"bytes_read\":20000000,"
                + "\"bytes_written\":10000000,\"notes\":{\"no ring\":2}}");
  }

  @Test
  void anOlderManifestIsReplaced() throws IOException {
    Path file = folder.resolve("run.jsonl");
    Manifest.start(file, RUN, clock).close();
    try (Manifest second = Manifest.start(file, RUN, clock)) {
      second.refused("locked");
    }
    assertThat(Files.readAllLines(file)).hasSize(3);
    assertThat(Files.readAllLines(file).get(1))
        .isEqualTo("{\"kind\":\"refused\",\"message\":\"locked\"}");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefusedAtOnce() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, "");
    assertThatThrownBy(() -> Manifest.start(file.resolve("run.jsonl"), RUN, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot write manifest " + file);
    assertThatThrownBy(() -> Manifest.start(folder, RUN, clock))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static boolean hasFullDevice() {
    return Files.exists(FULL);
  }

  @Test
  @EnabledIf("hasFullDevice")
  void aDiskThatFillsDoesNotStopTheRunButIsTold() {
    Manifest manifest = Manifest.start(FULL, RUN, clock);
    manifest.ended(Outcomes.done("a", 1));
    assertThatThrownBy(manifest::close)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Manifest /dev/full is incomplete: ");
  }
}
