// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options of a command from a YAML file: {@code --job FILE}. Keys are the long option names without
 * their dashes, {@code inputs} the inputs; what the command line says wins.
 */
final class JobFile {
  private static final String OPTION = "--job";
  private static final String INPUTS = "inputs";

  private JobFile() {}

  /**
   * The command line with the options of its job file added.
   *
   * @throws IllegalArgumentException if the file cannot be read, or has a key that the command has
   *     no option for
   */
  static List<String> expand(CommandLine root, List<String> arguments) {
    int at = position(arguments);
    CommandLine command = arguments.isEmpty() ? root : root.getSubcommands().get(arguments.get(0));
    if (at < 0 || command == null || command.getCommandSpec().findOption(OPTION) == null) {
      return arguments;
    }
    String file = file(arguments, at);
    List<String> expanded = new ArrayList<>(arguments);
    JsonNode job = read(Path.of(file));
    for (Iterator<Map.Entry<String, JsonNode>> keys = job.fields(); keys.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = keys.next();
      addOption(command.getCommandSpec(), entry.getKey(), entry.getValue(), arguments, expanded, file);
    }
    return expanded;
  }

  private static int position(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      if (isOption(arguments.get(i), OPTION)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isOption(String argument, String option) {
    return argument.equals(option) || argument.startsWith(option + "=");
  }

  private static String file(List<String> arguments, int at) {
    String argument = arguments.get(at);
    if (argument.startsWith(OPTION + "=")) {
      return argument.substring(OPTION.length() + 1);
    }
    if (at + 1 == arguments.size()) {
      throw new IllegalArgumentException("Option " + OPTION + " needs a YAML file");
    }
    return arguments.get(at + 1);
  }

  private static JsonNode read(Path file) {
    ObjectMapper yaml =
        new ObjectMapper(
            YAMLFactory.builder().enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS).build());
    try {
      JsonNode job = yaml.readTree(Files.readString(file));
      if (job instanceof MissingNode || !job.isObject()) {
        throw new IllegalArgumentException(
            "Job file " + file + " must be a YAML mapping of options, as 'label: nuclei'");
      }
      return job;
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(
          "Job file " + file + " is not YAML: " + malformed.getOriginalMessage() + at(malformed),
          malformed);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("Cannot read job file " + file + ": " + unreadable, unreadable);
    }
  }

  private static String at(JsonProcessingException malformed) {
    return malformed.getLocation() == null ? "" : " (line " + malformed.getLocation().getLineNr() + ")";
  }

  private static void addOption(
      CommandSpec command,
      String key,
      JsonNode value,
      List<String> given,
      List<String> expanded,
      String file) {
    if (key.equals(INPUTS)) {
      if (value.isArray() || value.isTextual()) {
        values(value, key, file).forEach(expanded::add);
        return;
      }
      throw new IllegalArgumentException("Key 'inputs' in " + file + " must be a list of inputs");
    }
    String name = "--" + key;
    OptionSpec option = command.findOption(name);
    if (option == null || name.equals(OPTION)) {
      throw new IllegalArgumentException(
          "Unknown key '" + key + "' in job file " + file + "; it may have " + known(command));
    }
    for (String alias : option.names()) {
      if (given.stream().anyMatch(argument -> isOption(argument, alias))) {
        return;
      }
    }
    if (option.arity().max() == 0) {
      addFlag(name, value, expanded, file);
      return;
    }
    values(value, key, file).forEach(text -> expanded.add(name + "=" + text));
  }

  private static void addFlag(String name, JsonNode value, List<String> expanded, String file) {
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(
          "Key '" + name.substring(2) + "' in " + file + " must be true or false, got " + value);
    }
    if (value.booleanValue()) {
      expanded.add(name);
    }
  }

  private static List<String> values(JsonNode value, String key, String file) {
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(element -> texts.addAll(values(element, key, file)));
    } else if (value.isObject()) {
      for (Iterator<Map.Entry<String, JsonNode>> all = value.fields(); all.hasNext(); ) {
        Map.Entry<String, JsonNode> entry = all.next();
        texts.add(entry.getKey() + "=" + scalar(entry.getValue(), key, file));
      }
    } else {
      texts.add(scalar(value, key, file));
    }
    return texts;
  }

  private static String scalar(JsonNode value, String key, String file) {
    if (!value.isValueNode() || value.isNull()) {
      throw new IllegalArgumentException("Key '" + key + "' in " + file + " has no usable value: " + value);
    }
    return value.asText();
  }

  private static String known(CommandSpec command) {
    TreeSet<String> names = new TreeSet<>();
    names.add(INPUTS);
    for (OptionSpec option : command.options()) {
      if (!option.longestName().equals(OPTION) && !option.usageHelp() && !option.versionHelp()) {
        names.add(option.longestName().substring(2));
      }
    }
    return String.join(", ", names);
  }
}
