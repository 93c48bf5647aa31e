// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.commit.RecoveryReport;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.SkippedObject;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.WorkCount;
import org.ngffspark.report.Manifest;

class ManifestSchemaTest {
  private static final ImageRef IMAGE =
      new ImageRef(URI.create("file:///data/plate.zarr"), "B/3/0");

  @TempDir private Path folder;

  private static ObjectNode what() throws IOException {
    return (ObjectNode)
        new ObjectMapper()
            .readTree(
                "{\"command\":\"submit.sh rois a\",\"version\":\"1\",\"java\":\"17\",\"options\":{},"
                    + "\"inputs\":[\"a\"],\"images\":[\"a\"],\"spark\":{\"version\":\"4\",\"master\":\"local\","
                    + "\"application\":\"x\",\"options\":{\"spark.master\":\"local\"}}}");
  }

  private List<JsonNode> lines() throws IOException {
    Path file = folder.resolve("run.jsonl");
    RunInfo run = RunInfo.current("x", Map.of());
    WorkCount work = WorkCount.objects(1, 10, Map.of("no ring", 1L));
    try (Manifest manifest = Manifest.start(file, run, what(), Clock.systemUTC())) {
      manifest.recovered(new RecoveryReport("c", RecoveryReport.Outcome.UNDONE, "undid run 5"));
      TaskResult<String> result =
          TaskResult.<String>of(List.of(), work).withSkipped(List.of(new SkippedObject(5, "no")));
      manifest.ended(ImageOutcome.done(IMAGE, "o", result, List.of("a remark"), 1.5));
      manifest.ended(ImageOutcome.doneBefore(IMAGE, "o", "done before"));
      manifest.ended(ImageOutcome.failed(IMAGE, "o", "disk full", 1));
      manifest.refused("broke off");
    }
    return ManifestLines.read(file);
  }

  @Test
  void everyKindOfLineIsAsTheSchemaSays() throws IOException {
    for (JsonNode line : lines()) {
      ManifestLines.requireValid(line);
    }
  }

  @Test
  void aFieldThatTheSchemaDoesNotKnowIsNoticed() throws IOException {
    for (JsonNode line : lines()) {
      ObjectNode other = line.deepCopy();
      assertThatThrownBy(() -> ManifestLines.requireValid(other.put("colour", "red")))
          .as(line.toString())
          .isInstanceOf(AssertionError.class);
    }
  }
}
