// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ngffspark.inputs.Inputs;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class TransformOptionsTest {

  @Test
  void parametersBelongToTheTransformBeforeThem() {
    String[] words = {
      "--transform=clip", "--param=min=1", "--transform=affine", "--param=scale=2",
      "--param=offset=3", "--transform=gamma", "--param=gamma=4", "--transform=invert",
      "--transform=median", "--param=size=5"
    };
    TransformOptions options = new TransformOptions();
    CommandLine line = new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true);
    CommandSpec spec = line.getCommandSpec();
    line.parseArgs(words);
    assertThat(options.steps.stream().map(step -> step.transform + List.of(step.parameters)))
        .containsExactly(
            "clip[min=1]",
            "affine[scale=2, offset=3]",
            "gamma[gamma=4]",
            "invert[]",
            "median[size=5]");
    Inputs none = new Inputs(List.of(), List.of(), Map.of(), List.of());
    JsonNode steps = CommandRecord.of(spec, none).path("options").path("steps");
    assertThat(steps.findValues("param").toString())
        .isEqualTo("[[\"min=1\"], [\"scale=2\",\"offset=3\"], [\"gamma=4\"], [], [\"size=5\"]]");
  }
}
