// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFileTest {
  @TempDir private Path folder;

  private List<String> expand(String yaml, String... arguments) throws IOException {
    Path file = folder.resolve("job.yaml");
    Files.writeString(file, yaml);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--job=" + file);
    List<String> expanded = JobFile.expand(Main.commands(), all);
    assertThat(expanded.subList(0, all.size())).isEqualTo(all);
    return expanded.subList(all.size(), expanded.size());
  }

  @Test
  void stepsBecomeTransformsInTheirOrder() throws IOException {
    String yaml =
        """
        label: nuclei
        steps:
          - transform: subtract-background
            param: {percentile: 50}
          - transform: gamma
            param: {gamma: 0.5, gamma@DAPI: 2}
          - transform: invert
        """;
    assertThat(expand(yaml, "transform"))
        .containsExactly(
            "--label=nuclei",
            "--transform=subtract-background",
            "--param=percentile=50",
            "--transform=gamma",
            "--param=gamma=0.5",
            "--param=gamma@DAPI=2",
            "--transform=invert");
    assertThat(expand(yaml, "transform", "--transform", "fill")).containsExactly("--label=nuclei");
    assertThatThrownBy(() -> expand(yaml, "transform", "--param", "a=1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("which of the steps");
    for (String wrong : List.of("gamma", "[]", "[gamma]", "[{transform: a, zoom: 2}]")) {
      assertThatThrownBy(() -> expand("steps: " + wrong, "transform"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be a list of transforms, each as");
    }
    assertThatThrownBy(() -> expand("steps: []", "rois"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unknown key 'steps'");
  }

  @Test
  void keysBecomeOptions() throws IOException {
    assertThat(
            expand(
                """
                inputs: [a.zarr, b.zarr]
                label: nuclei
                transform: gamma
                param: {gamma: 0.5, max: 4095, sigmas: [1, 2.5], none: []}
                channel: [DAPI, 1]
                ids: 5,9,100-200
                zoom: 1.5
                in-place: true
                unmasked: false
                """,
                "transform"))
        .containsExactly(
            "a.zarr",
            "b.zarr",
            "--label=nuclei",
            "--transform=gamma",
            "--param=gamma=0.5",
            "--param=max=4095",
            "--param=sigmas=1,2.5",
            "--param=none=",
            "--channel=DAPI",
            "--channel=1",
            "--ids=5,9,100-200",
            "--zoom=1.5",
            "--in-place");
  }

  @Test
  void theCommandLineWins() throws IOException {
    String yaml = "inputs: a.zarr\nlabel: nuclei\nzoom: 2\nin-place: true\nchannel: [0, 1]\n";
    assertThat(
            expand(yaml, "transform", "b.zarr", "--zoom", "3", "--suffix=_x", "--channel", "DAPI"))
        .containsExactly("--label=nuclei");
  }

  @Test
  void aFileIsOneDocument() {
    assertThatThrownBy(() -> expand("label: nuclei\n---\nin-place: true\n", "transform"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 2 documents, parted by '---'; give one");
    assertThatThrownBy(() -> expand("", "transform"))
        .hasMessageContaining("must be a YAML mapping of options");
  }

  @Test
  void unknownKeysAreErrors() {
    assertThatThrownBy(() -> expand("lable: nuclei\n", "transform"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Unknown key 'lable' in job file " + folder)
        .hasMessageContaining(
            "; did you mean 'label'? It may have acquisition, again, allow-empty, axes, ")
        .hasMessageContaining(", inputs, label, ")
        .hasMessageNotContaining("job,")
        .hasMessageNotContaining("help");
    assertThatThrownBy(() -> expand("job: other.yaml\n", "transform"))
        .hasMessageStartingWith("Unknown key 'job'");
    assertThatThrownBy(() -> expand("help: true\n", "transform"))
        .hasMessageStartingWith("Unknown key 'help'");
  }

  @Test
  void valuesThatCannotBeUsedAreErrors() {
    assertThatThrownBy(() -> expand("in-place: yes\n", "transform"))
        .hasMessageContaining("Key 'in-place'")
        .hasMessageContaining("must be true or false, got \"yes\"");
    assertThatThrownBy(() -> expand("label:\n", "transform"))
        .hasMessageContaining("Key 'label'")
        .hasMessageContaining("has no usable value: ");
    assertThatThrownBy(() -> expand("param: {a: [[1]]}\n", "transform"))
        .hasMessageContaining("has no usable value: [1]");
    assertThatThrownBy(() -> expand("param: {a: ['x,y', z]}\n", "transform"))
        .hasMessageContaining("has a list of texts with commas: [\"x,y\",\"z\"]");
    assertThatThrownBy(() -> expand("inputs: {a: b}\n", "transform"))
        .hasMessageContaining("Key 'inputs'")
        .hasMessageContaining("must be a list of inputs");
  }

  @Test
  void whatIsNoMappingIsAnError() {
    assertThatThrownBy(() -> expand("", "transform"))
        .hasMessageContaining("must be a YAML mapping of options");
    assertThatThrownBy(() -> expand("[a]\n", "transform"))
        .hasMessageContaining("must be a YAML mapping of options");
    assertThatThrownBy(() -> expand("label: a\nlabel: b\n", "transform"))
        .hasMessageContaining("is not YAML")
        .hasMessageContaining("(line 2)");
    assertThatThrownBy(() -> expand("label: [a\n", "transform"))
        .hasMessageContaining("is not YAML");
    assertThatThrownBy(
            () -> JobFile.expand(Main.commands(), List.of("transform", "--job", "no.yaml")))
        .hasMessageStartingWith("Cannot read job file no.yaml");
  }

  @Test
  void withoutAJobFileNothingIsAdded() {
    List<String> arguments = List.of("transform", "a.zarr", "--nonsense", "--zoom", "x");
    assertThat(JobFile.expand(Main.commands(), arguments)).isEqualTo(arguments);
  }

  @Test
  void theExampleIsUsable() throws IOException {
    List<String> expanded = expand(Files.readString(Path.of("conf/nightly.yaml")), "transform");
    assertThat(expanded)
        .contains("--label=nuclei", "--resume")
        .allSatisfy(argument -> assertThat(argument).isNotBlank());
    List<String> all = new ArrayList<>(List.of("transform"));
    all.addAll(expanded);
    String[] arguments = all.toArray(String[]::new);
    assertThat(Main.commands().parseArgs(arguments).subcommand().errors()).isEmpty();
  }
}
