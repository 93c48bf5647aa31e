// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ngffspark.cli.DocumentedCommands.Shown;
import picocli.CommandLine;

/**
 * Every command that documents and help texts show has options that are there and all that it
 * needs. Those of documents are run by {@code src/test/python/run_examples.py}.
 */
class DocumentedCommandsTest {
  @Test
  void allThatIsShownIsUnderstood() {
    List<String> wrong = new ArrayList<>();
    List<Shown> all = DocumentedCommands.all();
    CommandLine commands = Main.commands();
    CommandLine scratch = Main.commands();
    for (Shown shown : all) {
      try {
        List<String> words = JobFile.expand(scratch, shown.words());
        commands.parseArgs(words.toArray(String[]::new));
      } catch (CommandLine.ParameterException | IllegalArgumentException e) {
        wrong.add(shown + ": " + e.getMessage());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(all).hasSizeGreaterThan(60);
  }
}
