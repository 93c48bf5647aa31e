// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Options of a command from a YAML file: {@code --job FILE}. Keys are the long option names without
 * their dashes, {@code inputs} the inputs. What the command line says wins: an option given there
 * replaces that of the file as a whole, and with it those that exclude it.
 */
final class JobFile {
  private static final String OPTION = "--job";
  private static final String INPUTS = "inputs";
  private static final String STEPS = "steps";
  private static final String TRANSFORM = "transform";
  private static final String PARAM = "param";

  /** Of each of these a command takes one. */
  private static final List<Set<String>> ALTERNATIVES =
      List.of(
          Set.of("--in-place", "--output", "--suffix"),
          Set.of("--resume", "--again"),
          Set.of("--ids", "--ids-file"));

  private final String file;
  private final CommandSpec command;
  private final ParseResult given;
  private final List<String> added = new ArrayList<>();

  private JobFile(String file, ParseResult given) {
    this.file = file;
    this.command = given.commandSpec();
    this.given = given;
  }

  /**
   * The command line with the options of its job file added.
   *
   * @param scratch the commands, to parse with; errors of the command line itself are left to who
   *     parses the result
   * @throws IllegalArgumentException if the file cannot be read, or has a key that the command has
   *     no option for
   */
  static List<String> expand(CommandLine scratch, List<String> arguments) {
    Optional<ParseResult> command =
        Optional.of(parse(scratch, arguments))
            .filter(ParseResult::hasSubcommand)
            .map(ParseResult::subcommand)
            .filter(each -> each.hasMatchedOption(OPTION));
    if (command.isEmpty()) {
      return arguments;
    }
    String file = command.get().matchedOption(OPTION).stringValues().get(0);
    List<String> expanded = new ArrayList<>(arguments);
    expanded.addAll(new JobFile(file, command.get()).options());
    return expanded;
  }

  /** What is on a command line, however wrong it is. */
  static ParseResult parse(CommandLine scratch, List<String> arguments) {
    collectErrors(scratch);
    return scratch.parseArgs(arguments.toArray(String[]::new));
  }

  private static void collectErrors(CommandLine line) {
    line.getCommandSpec().parser().collectErrors(true);
    line.getSubcommands().values().forEach(JobFile::collectErrors);
  }

  private List<String> options() {
    for (Map.Entry<String, JsonNode> entry : read(new UserFile(file)).properties()) {
      if (entry.getKey().equals(INPUTS)) {
        addInputs(entry.getValue());
      } else if (entry.getKey().equals(STEPS) && takesSteps()) {
        addSteps(entry.getValue());
      } else {
        addOption(option(entry.getKey()), entry.getKey(), entry.getValue());
      }
    }
    return added;
  }

  private static JsonNode read(UserFile file) {
    ObjectMapper yaml =
        new ObjectMapper(
            YAMLFactory.builder()
                .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build());
    try (MappingIterator<JsonNode> documents =
        yaml.readerFor(JsonNode.class).readValues(file.text("job file"))) {
      List<JsonNode> all = documents.readAll();
      if (all.size() > 1) {
        throw new IllegalArgumentException(
            "Job file " + file + " has " + all.size() + " documents, parted by '---'; give one");
      }
      if (all.isEmpty() || !all.get(0).isObject()) {
        throw new IllegalArgumentException(
            "Job file " + file + " must be a YAML mapping of options, as 'label: nuclei'");
      }
      return all.get(0);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(
          "Job file " + file + " is not YAML: " + malformed.getOriginalMessage() + at(malformed),
          malformed);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String at(JsonProcessingException malformed) {
    return Optional.ofNullable(malformed.getLocation())
        .map(location -> " (line " + location.getLineNr() + ")")
        .orElse("");
  }

  private void addInputs(JsonNode value) {
    boolean texts = value.isTextual() || value.isArray();
    for (JsonNode element : value) {
      texts &= element.isTextual();
    }
    if (!texts || (value.isArray() && value.isEmpty())) {
      throw new IllegalArgumentException(
          "Key 'inputs' in " + file + " must be a list of inputs, got " + value);
    }
    if (given.matchedPositionals().isEmpty()) {
      added.addAll(values(value, INPUTS));
    }
  }

  private boolean takesSteps() {
    return command.findOption("--" + TRANSFORM) != null;
  }

  /** Transforms that are applied one after the other; one on the command line replaces them all. */
  private void addSteps(JsonNode value) {
    if (!value.isArray() || value.isEmpty()) {
      throw wrongSteps(value);
    }
    if (isGiven("--" + TRANSFORM)) {
      return;
    }
    if (isGiven("--" + PARAM)) {
      throw new IllegalArgumentException(
          "--param says nothing of which of the steps in " + file + " it is for; change it there");
    }
    for (JsonNode step : value) {
      if (!step.path(TRANSFORM).isTextual()) {
        throw wrongSteps(step);
      }
      added.add("--" + TRANSFORM + "=" + step.path(TRANSFORM).textValue());
      for (Map.Entry<String, JsonNode> entry : step.properties()) {
        if (entry.getKey().equals(PARAM)) {
          values(entry.getValue(), PARAM).forEach(text -> added.add("--" + PARAM + text));
        } else if (!entry.getKey().equals(TRANSFORM)) {
          throw wrongSteps(step);
        }
      }
    }
  }

  private IllegalArgumentException wrongSteps(JsonNode value) {
    return new IllegalArgumentException(
        "Key 'steps' in "
            + file
            + " must be a list of transforms, each as 'transform: gamma' with or without 'param:"
            + " {gamma: 0.5}', got "
            + value);
  }

  private OptionSpec option(String key) {
    return Optional.ofNullable(command.findOption("--" + key))
        .filter(JobFile::isJobOption)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Unknown key '"
                        + key
                        + "' in job file "
                        + file
                        + NearestWord.to(key, known())
                            .map(near -> "; did you mean '" + near + "'? It may have ")
                            .orElse("; it may have ")
                        + String.join(", ", known())));
  }

  private static boolean isJobOption(OptionSpec option) {
    return !option.longestName().equals(OPTION) && !option.usageHelp() && !option.versionHelp();
  }

  private void addOption(OptionSpec option, String key, JsonNode value) {
    List<String> texts = option.arity().max() == 0 ? flag(value, key) : values(value, key);
    if (!isGiven(option.longestName())) {
      texts.forEach(text -> added.add(option.longestName() + text));
    }
  }

  private boolean isGiven(String name) {
    return given.hasMatchedOption(name)
        || ALTERNATIVES.stream()
            .filter(names -> names.contains(name))
            .flatMap(Set::stream)
            .anyMatch(given::hasMatchedOption);
  }

  private List<String> flag(JsonNode value, String key) {
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(
          "Key '" + key + "' in " + file + " must be true or false, got " + value);
    }
    return value.booleanValue() ? List.of("") : List.of();
  }

  private List<String> values(JsonNode value, String key) {
    List<String> texts = new ArrayList<>();
    String equals = key.equals(INPUTS) ? "" : "=";
    if (value.isArray()) {
      value.forEach(element -> texts.add(equals + scalar(element, key)));
    } else if (value.isObject()) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        texts.add(equals + entry.getKey() + "=" + joined(entry.getValue(), key));
      }
    } else {
      texts.add(equals + scalar(value, key));
    }
    return texts;
  }

  /** The text of a parameter; a list as parameters take it. */
  private String joined(JsonNode value, String key) {
    if (!value.isArray()) {
      return scalar(value, key);
    }
    List<String> texts = new ArrayList<>();
    value.forEach(element -> texts.add(scalar(element, key)));
    if (texts.stream().anyMatch(text -> text.contains(","))) {
      throw new IllegalArgumentException(
          "Key '" + key + "' in " + file + " has a list of texts with commas: " + value);
    }
    return String.join(",", texts);
  }

  private String scalar(JsonNode value, String key) {
    if (!value.isValueNode() || value.asText("").isEmpty()) {
      throw new IllegalArgumentException(
          "Key '" + key + "' in " + file + " has no usable value: " + value);
    }
    return value.asText();
  }

  private SortedSet<String> known() {
    TreeSet<String> names = new TreeSet<>();
    names.add(INPUTS);
    if (takesSteps()) {
      names.add(STEPS);
    }
    command.options().stream()
        .filter(JobFile::isJobOption)
        .forEach(option -> names.add(option.longestName().substring(2)));
    return names;
  }
}
