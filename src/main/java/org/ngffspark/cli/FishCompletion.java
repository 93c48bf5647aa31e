// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion of commands and their options in fish, which picocli does not write. */
final class FishCompletion {
  private FishCompletion() {}

  /** The script, one {@code complete} for each command and each option. */
  static String of(String program, CommandLine commands) {
    StringBuilder script = new StringBuilder();
    commands
        .getSubcommands()
        .forEach(
            (name, command) -> {
              CommandSpec spec = command.getCommandSpec();
              if (!spec.usageMessage().hidden()) {
                script.append("complete -c %s -n __fish_use_subcommand -f".formatted(program));
                script.append(" -a %s -d %s%n".formatted(name, text(spec)));
                spec.options().forEach(option -> script.append(option(program, name, option)));
              }
            });
    return script.toString();
  }

  private static String option(String program, String command, OptionSpec option) {
    String candidates =
        Optional.ofNullable(option.completionCandidates())
            .map(
                all ->
                    StreamSupport.stream(all.spliterator(), false).collect(Collectors.joining(" ")))
            .map(all -> " -x -a " + quoted(all))
            .orElse(option.arity().max() > 0 ? " -r" : "");
    return Arrays.stream(option.names())
        .filter(name -> name.startsWith("--"))
        .map(
            name ->
                "complete -c %s -n '__fish_seen_subcommand_from %s' -l %s%s -d %s%n"
                    .formatted(
                        program,
                        command,
                        name.substring(2),
                        candidates,
                        quoted(first(option.description()))))
        .collect(Collectors.joining());
  }

  private static String text(CommandSpec spec) {
    return quoted(first(spec.usageMessage().description()));
  }

  /** The first sentence of a description. */
  private static String first(String... lines) {
    String text = lines.length == 0 ? "" : lines[0].replace("%%", "%").replace("%n", " ");
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
