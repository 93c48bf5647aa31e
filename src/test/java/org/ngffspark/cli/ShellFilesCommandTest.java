// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellFilesCommandTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void writeFiles() {
    assertThat(CommandRun.of("shell-files", folder.toString()).code()).isZero();
  }

  /** What bash offers for the last of these words. */
  private static List<String> completed(String... words) throws IOException {
    String script =
        "compopt() { :; }; source '%s' && COMP_WORDS=(%s) COMP_CWORD=%d COMP_LINE=x COMP_POINT=1"
            .formatted(
                folder.resolve("ngff-spark.bash"), String.join(" ", words), words.length - 1);
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                script + " && _complete_ngff-spark; printf '%s\\n' \"${COMPREPLY[@]}\"")
            .redirectErrorStream(true)
            .start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return output.lines().map(String::strip).toList();
  }

  @Test
  void bashOffersCommandsOptionsAndTransforms() throws IOException {
    assertThat(completed("ngff-spark", "in")).containsExactly("inspect");
    assertThat(completed("ngff-spark", "transform", "--no-copy-l"))
        .containsExactly("--no-copy-labels");
    assertThat(completed("ngff-spark", "transform", "--transform", "ga"))
        .containsExactlyInAnyOrder("gamma", "gaussian-blur");
  }

  @Test
  void fishKnowsCommandsAndOptions() throws IOException {
    assertThat(Files.readString(folder.resolve("ngff-spark.fish")))
        .contains("complete -c ngff-spark -n __fish_use_subcommand -f -a recover -d ")
        .contains("complete -c ngff-spark -n '__fish_seen_subcommand_from crops' -l masked -d ")
        .contains(" -l transform -x -a 'affine clear ")
        .doesNotContain("warm-up");
  }

  @Test
  void theManualTellsOfEveryCommand() throws IOException {
    String page = Files.readString(folder.resolve("ngff-spark.1"));
    Main.commands()
        .getSubcommands()
        .forEach(
            (name, command) ->
                assertThat(page.contains("\n.SS " + name.replace("-", "\\-") + "\n"))
                    .as(name)
                    .isEqualTo(!command.getCommandSpec().usageMessage().hidden()));
    assertThat(page).contains("\\-\\-on\\-error").doesNotContain("submit.sh");
    assertThat(page.lines().filter(line -> line.startsWith(".")))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|nf|fi).*"));
  }
}
