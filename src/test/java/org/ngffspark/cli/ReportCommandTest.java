// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.ngff.NgffVersion;

class ReportCommandTest {
  private static final String HOSTILE = "/data/</script><script>alert(1)</script>\"'\u202eb/03";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir static Path folder;
  private static Path report;

  @BeforeAll
  static void aRunWithAReport() throws IOException {
    Path plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_5);
    Files.writeString(plate.resolve("C/05/1/0/c/0/0/0/0"), "no chunk");
    report = folder.resolve("report");
    CommandRun run =
        CommandRun.of(
            "transform",
            plate.toString(),
            "--label=nuclei",
            "--transform=affine",
            "--param=scale=0.5",
            "--suffix=Half",
            "--base-url=https://example.org/plate.zarr/",
            "--report=" + report);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("report " + report.resolve("report.html"));
  }

  @Test
  void thePageSaysWhatTheManifestSays() throws IOException {
    String html = Files.readString(report.resolve("report.html"));
    List<String> lines = Files.readAllLines(report.resolve("run.jsonl"));
    JsonNode end = MAPPER.readTree(lines.get(lines.size() - 1));
    assertThat(number(html, "objects")).isEqualTo(end.path("objects").asLong()).isPositive();
    assertThat(number(html, "pixels")).isEqualTo(end.path("pixels").asLong()).isPositive();
    assertThat(number(html, "done")).isEqualTo(end.path("images_done").asLong()).isPositive();
    assertThat(number(html, "failed")).isEqualTo(end.path("images_failed").asLong()).isOne();
    assertThat(html)
        .contains("Some images failed.", "https%3A%2F%2Fexample.org%2Fplate.zarr%2FB%2F03%2F0\"");
  }

  @Test
  void aBrokenImageIsOnThePageWithWhatIsWrong() throws IOException {
    String html = Files.readString(report.resolve("report.html"));
    assertThat(html).containsPattern("<th scope=\"row\"><bdi>[^<]*C/05/1</bdi>.*c/0/0/0/0");
    JsonNode failed = data(html).path("images").get(3);
    assertThat(failed.path("state").asText()).isEqualTo("failed");
    assertThat(failed.path("values")).allMatch(JsonNode::isNull);
  }

  @Test
  void aBaseUrlIsOneAndGoesWithAPage() {
    CommandRun wrong =
        CommandRun.of(
            "report", report.resolve("run.jsonl").toString(), "--base-url=javascript:alert(1)");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("--base-url is where the input is served", "javascript");
    CommandRun alone =
        CommandRun.of(
            "rois",
            folder.resolve("plate.zarr").toString(),
            "--label=nuclei",
            "--table=t",
            "--base-url=http://a");
    assertThat(alone.code()).isEqualTo(2);
    assertThat(alone.err()).contains("--base-url http://a goes with --report DIR");
  }

  @Test
  void thePageHasPlateHistogramsAndPictures() throws IOException {
    String html = Files.readString(report.resolve("report.html"));
    JsonNode data = data(html);
    assertThat(data.path("plates")).hasSize(1);
    assertThat(data.path("images").get(0).path("well").asText()).isEqualTo("B/03");
    assertThat(data.path("objects")).isNotEmpty();
    for (JsonNode rows : data.path("histograms")) {
      long before = 0;
      long after = 0;
      for (JsonNode row : rows) {
        before += row.get(2).asLong();
        after += row.get(3).asLong();
      }
      assertThat(before).isPositive().isEqualTo(after);
    }
    assertThat(html)
        .contains("data:image/png;base64,", "data:image/jpeg;base64,", "before", "after");
  }

  @Test
  void thePageCanBeMadeAgain() throws IOException {
    Path again = folder.resolve("again");
    CommandRun run =
        CommandRun.of("report", report.resolve("run.jsonl").toString(), "--to=" + again);
    assertThat(run.code()).isZero();
    String first = Files.readString(report.resolve("report.html"));
    assertThat(data(Files.readString(again.resolve("report.html")))).isEqualTo(data(first));
  }

  @Test
  void aManifestAloneGivesPlatesAndThumbnailsOfTheImages() throws IOException {
    Path alone = Files.createDirectories(folder.resolve("alone")).resolve("run.jsonl");
    Files.copy(report.resolve("run.jsonl"), alone);
    CommandRun run = CommandRun.of("report", alone.toString());
    assertThat(run.code()).isZero();
    String html = Files.readString(alone.resolveSibling("report.html"));
    assertThat(data(html).path("images").get(0).path("well").asText()).isEqualTo("B/03");
    // Before and after, of each image but the broken one.
    assertThat(html.split("data:image/jpeg;base64,", -1)).hasSize(1 + 2 * 3);
  }

  @Test
  void hostileNamesStayText() throws IOException {
    Path manifest = folder.resolve("hostile.jsonl");
    ObjectNode first =
        MAPPER.createObjectNode().put("kind", "run").put("run", "r").put("schema", 1);
    first.put("command", "submit.sh transform '" + HOSTILE + "'");
    first.putObject("options").put("label", HOSTILE);
    ObjectNode image = MAPPER.createObjectNode().put("kind", "image").put("run", "r");
    image.put("input", HOSTILE).put("output", HOSTILE).put("state", "failed");
    image.put("message", "object 1009: " + HOSTILE);
    Files.writeString(manifest, first + "\n" + image + "\n{\"kind\":\"ima");
    CommandRun run =
        CommandRun.of("report", manifest.toString(), "--to=" + folder.resolve("hostile"));
    assertThat(run.code()).isZero();
    String html = Files.readString(folder.resolve("hostile/report.html"));
    assertThat(html)
        .doesNotContain("<script>alert")
        .contains("At work, or killed", "<td>1009</td><td><bdi>/data/");
    assertThat(data(html).path("images").get(0).path("input").asText()).isEqualTo(HOSTILE);
  }

  @Test
  void aStoppedRunAndABrokenImageAreOnThePage() throws IOException {
    Path broken = Files.createDirectories(folder.resolve("broken.zarr"));
    Path manifest = Files.createDirectories(folder.resolve("stopped")).resolve("run.jsonl");
    ObjectNode first = MAPPER.createObjectNode().put("kind", "run").put("run", "r");
    first.put("command", "submit.sh transform " + broken).putArray("images").add(broken.toString());
    ObjectNode image = MAPPER.createObjectNode().put("kind", "image").put("run", "r");
    image.put("input", broken.toString()).put("output", broken.toString());
    image.put("state", "stopped").put("message", "the run was stopped");
    ObjectNode end = MAPPER.createObjectNode().put("kind", "end").put("run", "r");
    end.put("state", "stopped");
    Files.writeString(manifest, first + "\n" + image + "\n" + end + "\n");
    assertThat(CommandRun.of("report", manifest.toString()).code()).isZero();
    assertThat(Files.readString(manifest.resolveSibling("report.html")))
        .contains("Stopped before all was done.", "the run was stopped", "there is no Zarr group")
        .doesNotContain("data:image/jpeg");
  }

  @Test
  void whatIsNoManifestIsRefused() throws IOException {
    Path other = Files.writeString(folder.resolve("other.json"), "{\"a\": 1}\n");
    assertThat(CommandRun.of("report", other.toString()).code()).isEqualTo(2);
    CommandRun missing = CommandRun.of("report", folder.resolve("none.jsonl").toString());
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("Cannot read " + folder.resolve("none.jsonl"));
  }

  private static long number(String html, String name) {
    Matcher found =
        Pattern.compile("data-name=\"" + name + "\" data-value=\"(\\d+)\"").matcher(html);
    assertThat(found.find()).isTrue();
    return Long.parseLong(found.group(1));
  }

  private static JsonNode data(String html) throws IOException {
    String start = "<script type=\"application/json\" id=\"data\">";
    int from = html.indexOf(start) + start.length();
    return MAPPER.readTree(html.substring(from, html.indexOf("</script>", from)));
  }
}
