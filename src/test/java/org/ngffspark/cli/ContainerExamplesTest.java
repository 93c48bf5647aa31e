// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParseResult;

/**
 * What is shown for Docker and Kubernetes is what the program, its launcher and the tarball have.
 * Nothing of it runs here: that takes a daemon or a cluster.
 */
class ContainerExamplesTest {
  private static final Path INSTALL = Path.of("docs/install.md");

  @Test
  void theImageHoldsTheTarballOfThisVersion() throws IOException {
    String version =
        first("(?m)^  <version>([^<]+)</version>$", Files.readString(Path.of("pom.xml")));
    String dockerfile = Files.readString(Path.of("Dockerfile"));
    assertThat(first("(?m)^ARG VERSION=(.+)$", dockerfile)).isEqualTo(version);
    assertThat(dockerfile)
        .contains("ADD target/ngff-spark-${VERSION}.tar.gz /opt/")
        .contains("ln -s /opt/ngff-spark-${VERSION} /opt/ngff-spark ")
        .contains("ENTRYPOINT [\"ngff-spark\"]");
    assertThat(all("ngff-spark-(\\d[^/ ]*?)(?:\\.tar\\.gz|/)", Files.readString(INSTALL)))
        .hasSizeGreaterThan(3)
        .containsOnly(version);
  }

  @Test
  void whatAContainerIsStartedWithIsUnderstood() throws IOException {
    String command =
        first(
            "(?m)^    docker run .* --tmpfs /tmp:exec .* ngff-spark (.+)$",
            Files.readString(INSTALL));
    assertThat(parse(List.of(command.split(" "))).subcommand().commandSpec().name())
        .isEqualTo("inspect");
  }

  @Test
  void thePodRunsACommandWithSettingsThatTheLauncherKnows() throws IOException {
    JsonNode job =
        new ObjectMapper(new YAMLFactory())
            .readTree(Path.of("examples/kubernetes/job.yaml").toFile());
    JsonNode container = job.at("/spec/template/spec/containers/0");
    List<String> words = new ArrayList<>();
    container.path("args").forEach(word -> words.add(word.asText()));
    assertThat(parse(words).subcommand().commandSpec().name()).isEqualTo("transform");
    String launcher = Files.readString(Path.of("submit.sh"));
    assertThat(container.path("env")).isNotEmpty();
    container.path("env").forEach(set -> assertThat(launcher).contains(set.path("name").asText()));
  }

  @Test
  void aClusterOfKubernetesIsGivenTheProgramAsTheTarballLaysIt()
      throws IOException, ClassNotFoundException {
    String text = Files.readString(INSTALL).replaceAll("\\\\\\n\\s*", "");
    String submitted = first("(?m)^    spark-submit --master k8s://(.+)$", text);
    String main = first("--class (\\S+)", submitted);
    assertThat(Class.forName(main, false, getClass().getClassLoader())).isEqualTo(Main.class);
    assertThat(submitted).contains(" local:///opt/ngff-spark/lib/ngff-spark.jar transform ");
    assertThat(first("(?m)^    FROM apache/spark:(.+)$", text))
        .isEqualTo(
            first("<spark.version>(.+)</spark.version>", Files.readString(Path.of("pom.xml"))));
    assertThat(Files.readString(Path.of("src/dist/assembly.xml")).replaceAll("\\s", ""))
        .contains("<outputDirectory>lib</outputDirectory><destName>ngff-spark.jar</destName>");
  }

  private static ParseResult parse(List<String> words) {
    return Main.commands().parseArgs(words.toArray(String[]::new));
  }

  private static String first(String pattern, String text) {
    return all(pattern, text).get(0);
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(ContainerExamplesTest::group)
        .toList();
  }

  private static String group(MatchResult found) {
    return found.group(1);
  }
}
