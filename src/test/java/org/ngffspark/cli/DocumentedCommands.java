// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The commands that documents, examples and help texts show, taken out of them as they stand. */
final class DocumentedCommands {
  private static final String PROGRAM = "./submit.sh ";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  private DocumentedCommands() {}

  /**
   * One command.
   *
   * @param place where it stands, for messages
   * @param spark options of Spark, which stand before {@code --}
   * @param words command and arguments
   */
  record Shown(String place, List<String> spark, List<String> words) {
    private static Shown of(String place, String text) {
      String alone = text.replaceAll("\\s(#|\\||>|&&).*", "");
      List<String> words = new ArrayList<>();
      Matcher matcher = WORD.matcher(alone.substring(PROGRAM.length()));
      while (matcher.find()) {
        words.add(
            Stream.of(1, 2, 3)
                .map(matcher::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow());
      }
      int end = words.indexOf("--");
      return end < 0
          ? new Shown(place, List.of(), words)
          : new Shown(place, words.subList(0, end), words.subList(end + 1, words.size()));
    }

    @Override
    public String toString() {
      return place + ": " + String.join(" ", words);
    }
  }

  private static List<List<Shown>> blocks(Path document) {
    try {
      return blocks(document.getFileName().toString(), Files.readAllLines(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<List<Shown>> blocks(String place, List<String> lines) {
    List<List<Shown>> blocks = new ArrayList<>();
    List<Shown> block = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = command(lines.get(i));
      while (line.startsWith(PROGRAM) && line.endsWith("\\")) {
        line = line.substring(0, line.length() - 1) + command(lines.get(++i));
      }
      if (line.startsWith(PROGRAM)) {
        block.add(Shown.of(place, line));
      } else if (line.isEmpty() || line.startsWith("```")) {
        add(block, blocks);
        block = new ArrayList<>();
      }
    }
    add(block, blocks);
    return blocks;
  }

  private static void add(List<Shown> block, List<List<Shown>> blocks) {
    if (!block.isEmpty()) {
      blocks.add(block);
    }
  }

  private static String command(String line) {
    return line.replaceFirst("^#", "").strip();
  }

  /** All commands of documents, examples and help texts. */
  static List<Shown> all() {
    List<Shown> all = new ArrayList<>();
    documents().forEach(document -> blocks(document).forEach(all::addAll));
    CommandLine commands = Main.commands();
    help(commands, all);
    commands.getSubcommands().values().forEach(command -> help(command, all));
    return all;
  }

  private static void help(CommandLine command, List<Shown> all) {
    String[] footer = command.getCommandSpec().usageMessage().footer();
    blocks("help of " + command.getCommandName(), Arrays.asList(footer)).forEach(all::addAll);
  }

  private static List<Path> documents() {
    List<Path> documents =
        new ArrayList<>(List.of(Path.of("README.md"), Path.of("conf/nightly.yaml")));
    for (String folder : List.of("docs", "examples/python")) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        files
            .filter(file -> file.toString().matches(".*\\.(md|py)"))
            .sorted()
            .forEach(documents::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return documents;
  }
}
