// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * An option that is given to a command which has none of that name. It is looked for before all
 * other mistakes: a required option that is missing is often there, misspelt.
 *
 * @param command that it is given to
 * @param name as given, without a value
 */
record UnknownOption(CommandLine command, String name) {
  /** Options of {@code spark-submit} that people give. */
  private static final Set<String> SPARK =
      Set.of(
          "--archives",
          "--class",
          "--conf",
          "--deploy-mode",
          "--driver-class-path",
          "--driver-cores",
          "--driver-java-options",
          "--driver-memory",
          "--executor-cores",
          "--executor-memory",
          "--files",
          "--jars",
          "--keytab",
          "--master",
          "--name",
          "--num-executors",
          "--packages",
          "--principal",
          "--properties-file",
          "--py-files",
          "--queue",
          "--repositories",
          "--total-executor-cores");

  /**
   * The first one on a command line.
   *
   * @param scratch the commands, to parse with
   */
  static Optional<UnknownOption> on(CommandLine scratch, List<String> arguments) {
    ParseResult parsed = JobFile.parse(scratch, arguments);
    return in(parsed).or(() -> Optional.ofNullable(parsed.subcommand()).flatMap(UnknownOption::in));
  }

  private static Optional<UnknownOption> in(ParseResult parsed) {
    return parsed.unmatched().stream()
        .filter(argument -> argument.startsWith("-"))
        .findFirst()
        .map(argument -> argument.replaceFirst("=.*", ""))
        .map(name -> new UnknownOption(parsed.commandSpec().commandLine(), name));
  }

  String message() {
    if (SPARK.contains(name)) {
      return "'"
          + name
          + "' is an option of Spark. Those stand first and end with --, as in: submit.sh "
          + name
          + " … -- COMMAND";
    }
    List<String> known =
        command.getCommandSpec().options().stream()
            .filter(option -> !option.hidden())
            .map(OptionSpec::longestName)
            .toList();
    return "Unknown option: '" + name + "'" + NearestWord.question(name, known);
  }
}
