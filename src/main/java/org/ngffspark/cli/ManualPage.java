// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page in the macros of man(7): what {@code --help} says of each command. */
final class ManualPage {
  private static final List<String> ENVIRONMENT =
      List.of(
          "JAVA_HOME", "the JDK, 17 or newer; default: java on the PATH",
          "SPARK_HOME", "the Spark to submit with; default: the one that is installed with it",
          "NGFF_SPARK_MEMORY", "heap of a local run, as 4g; default: half of the memory",
          "NGFF_SPARK_LOG_DIR", "where Spark's log goes; default: ~/.local/state/ngff-spark",
          "NGFF_SPARK_ARCHIVE", "no: start without the archive of class data");

  private final String program;
  private final StringBuilder page = new StringBuilder();

  private ManualPage(String program) {
    this.program = program;
  }

  static String of(String program, CommandLine commands) {
    return new ManualPage(program).text(commands);
  }

  private String text(CommandLine commands) {
    UsageMessageSpec usage = commands.getCommandSpec().usageMessage();
    line(
        ".TH \"%s\" 1 \"\" \"%s %s\" \"User commands\""
            .formatted(program.toUpperCase(Locale.ROOT), program, Main.Version.text()));
    line(".SH NAME");
    line(escaped(program) + " \\- " + escaped(String.join(" ", usage.description())));
    line(".SH SYNOPSIS");
    line(escaped(program + " [SPARK OPTIONS --] COMMAND [ARGUMENTS]"));
    line(".SH COMMANDS");
    commands
        .getSubcommands()
        .forEach(
            (name, command) -> {
              if (!command.getCommandSpec().usageMessage().hidden()) {
                line(".SS " + escaped(name));
                verbatim(command.getUsageMessage(Ansi.OFF));
              }
            });
    line(".SH EXIT STATUS");
    usage.exitCodeList().forEach(this::tagged);
    line(".SH ENVIRONMENT");
    for (int i = 0; i < ENVIRONMENT.size(); i += 2) {
      tagged(ENVIRONMENT.get(i), ENVIRONMENT.get(i + 1));
    }
    return page.toString();
  }

  private void tagged(String tag, String text) {
    line(".TP");
    line(escaped(tag));
    line(escaped(text));
  }

  private void verbatim(String text) {
    line(".nf");
    text.replace("./submit.sh", program)
        .replace("submit.sh", program)
        .lines()
        .forEach(each -> line(escaped(each)));
    line(".fi");
  }

  /** Text that troff prints as it is. */
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }

  private void line(String line) {
    page.append(line).append('\n');
  }
}
