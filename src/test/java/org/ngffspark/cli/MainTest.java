// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.Parameter;
import org.ngffspark.transform.Transforms;
import picocli.CommandLine;

class MainTest {

  @Test
  void everyCommandHasHelpWithAnExampleAndExitCodes() {
    List<String> commands =
        Main.commands().getSubcommands().values().stream()
            .filter(line -> !line.getCommandSpec().usageMessage().hidden())
            .map(CommandLine::getCommandName)
            .toList();
    assertThat(commands).contains("inspect", "recover", "transforms");
    for (String command : commands) {
      CommandRun run = CommandRun.of(command, "--help");
      assertThat(run.code()).as(command).isZero();
      assertThat(run.err()).as(command).isEmpty();
      assertThat(run.out()).as(command).startsWith("Usage: submit.sh " + command);
      assertThat(run.out()).as(command).contains("Examples:\n  ./submit.sh ").contains(command);
    }
  }

  @Test
  void helpListsCommandsAndExitCodes() {
    CommandRun run = CommandRun.of("--help");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith("Usage: submit.sh [SPARK OPTIONS --] COMMAND [ARGUMENTS]")
        .contains("Exit codes:\n  0   everything was done\n  1   some image failed")
        .doesNotContain("warm-up");
  }

  @Test
  void withoutACommandTheUsageIsShownAsAnError() {
    CommandRun run = CommandRun.of();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("Usage: submit.sh ");
  }

  @Test
  void theVersionIsNamed() {
    CommandRun run = CommandRun.of("--version");
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("ngff-spark ");
  }

  @Test
  void aMisspeltCommandOrOptionIsWrongUsage() {
    CommandRun command = CommandRun.of("inspekt", "a.zarr");
    assertThat(command.code()).isEqualTo(2);
    assertThat(command.err()).contains("inspekt").contains("did you mean 'inspect'?");
    CommandRun option = CommandRun.of("inspect", "a.zarr", "--jason");
    assertThat(option.code()).isEqualTo(2);
    assertThat(option.err())
        .isEqualTo(
            "submit.sh: Unknown option: '--jason'; did you mean '--json'?\n"
                + "Try: submit.sh inspect --help\n");
    assertThat(CommandRun.of("inspect", "a.zarr", "--hovercraft").err())
        .isEqualTo("submit.sh: Unknown option: '--hovercraft'\nTry: submit.sh inspect --help\n");
  }

  @Test
  void anOptionThatIsMisspeltIsNamedBeforeThoseThatAreMissing() {
    CommandRun run = CommandRun.of("rois", "a.zarr", "--lable=nuclei", "--table", "t");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("submit.sh: Unknown option: '--lable'; did you mean '--label'?\n");
    assertThat(CommandRun.of("rois", "a.zarr", "--table", "t").err())
        .startsWith("submit.sh: Missing required option: '--label=NAME'");
  }

  @Test
  void optionsOfSparkThatDoNotEndWithTheirMarkAreToldApart() {
    for (List<String> arguments :
        List.of(
            List.of("--master", "local[2]", "inspect", "a.zarr"),
            List.of("inspect", "a.zarr", "--executor-memory=4g"))) {
      CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("is an option of Spark. Those stand first and end with --");
    }
  }

  @Test
  void transformsListsEveryParameter() {
    CommandRun run = CommandRun.of("transforms");
    assertThat(run.code()).isZero();
    for (MaskedTransform transform : Transforms.builtIn()) {
      assertThat(run.out()).contains(transform.name() + "  (" + transform.target() + ")\n");
      for (Parameter parameter : transform.parameters()) {
        assertThat(run.out()).contains("--param " + parameter.name() + "=…  " + parameter.help());
      }
    }
  }
}
