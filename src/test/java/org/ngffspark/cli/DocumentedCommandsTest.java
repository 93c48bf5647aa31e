// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ngffspark.cli.DocumentedCommands.Shown;
import picocli.CommandLine;

/** Every command that documents show has options that are there and all that it needs. */
class DocumentedCommandsTest {
  @Test
  void allThatIsShownIsUnderstood() {
    List<String> wrong = new ArrayList<>();
    List<Shown> all = DocumentedCommands.all();
    for (Shown shown : all) {
      if (shown.has("…")) {
        continue;
      }
      try {
        List<String> words = JobFile.expand(Main.commands(), shown.words());
        Main.commands().parseArgs(words.toArray(String[]::new));
      } catch (CommandLine.ParameterException | IllegalArgumentException e) {
        wrong.add(shown + ": " + e.getMessage());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(all).hasSizeGreaterThan(60);
  }
}
