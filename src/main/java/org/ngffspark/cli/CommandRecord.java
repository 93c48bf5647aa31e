// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.ProductVersion;
import org.ngffspark.report.CommandText;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult.GroupMatch;
import picocli.CommandLine.ParseResult.GroupMatchContainer;

/** What was run, as the manifest tells it. */
final class CommandRecord {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private CommandRecord() {}

  /** The command as it can be typed again. */
  static String text(CommandSpec spec) {
    return Main.program()
        + " "
        + CommandText.of(spec.commandLine().getParseResult().originalArgs());
  }

  /** Command, options with their defaults, images and versions. */
  static ObjectNode of(CommandSpec spec, Inputs inputs) {
    ObjectNode node = JSON.objectNode().put("command", text(spec));
    node.put("version", ProductVersion.current());
    node.put("java", Runtime.version().toString());
    ObjectNode options = node.putObject("options");
    for (OptionSpec option : spec.options()) {
      if (!option.usageHelp() && !option.versionHelp() && option.group() == null) {
        options.set(option.longestName().substring(2), value(option.getValue()));
      }
    }
    spec.argGroups().forEach(group -> options.set("steps", steps(spec, group)));
    inputs.places().forEach(node.putArray("inputs")::add);
    inputs.refs().forEach(image -> node.withArray("images").add(image.toString()));
    return node;
  }

  /** Options that are given together, each time they are given. */
  private static ArrayNode steps(CommandSpec spec, ArgGroupSpec group) {
    ArrayNode steps = JSON.arrayNode();
    for (GroupMatchContainer given : spec.commandLine().getParseResult().findMatches(group)) {
      for (GroupMatch match : given.matches()) {
        ObjectNode step = steps.addObject();
        for (OptionSpec option : group.options()) {
          // Of an option that may be repeated picocli keeps the values in lists of their own.
          List<Object> values = match.matchedValues(option);
          step.set(
              option.longestName().substring(2),
              option.isMultiValue() ? flattened(values) : value(values.get(0)));
        }
      }
    }
    return steps;
  }

  private static ArrayNode flattened(List<Object> lists) {
    ArrayNode flat = JSON.arrayNode();
    lists.forEach(list -> flat.addAll((ArrayNode) value(list)));
    return flat;
  }

  /** A value of an option, or several, as JSON. */
  static JsonNode value(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(CommandRecord::value).orElse(JSON.nullNode());
    }
    if (value instanceof OptionalDouble number) {
      return number.isPresent() ? JSON.numberNode(number.getAsDouble()) : JSON.nullNode();
    }
    if (value instanceof Iterable<?> values && !(value instanceof java.nio.file.Path)) {
      return values(values);
    }
    if (value instanceof Object[] values) {
      return values(List.of(values));
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode node = JSON.objectNode();
      map.forEach((key, each) -> node.set(String.valueOf(key), value(each)));
      return node;
    }
    return scalar(value);
  }

  private static JsonNode values(Iterable<?> values) {
    var array = JSON.arrayNode();
    values.forEach(each -> array.add(value(each)));
    return array;
  }

  private static JsonNode scalar(Object value) {
    // An option of picocli that was not given.
    if (value == null) {
      return JSON.nullNode();
    }
    if (value instanceof Boolean flag) {
      return JSON.booleanNode(flag);
    }
    if (value instanceof Double number) {
      return JSON.numberNode(number);
    }
    if (value instanceof Number number) {
      return JSON.numberNode(number.longValue());
    }
    return JSON.textNode(
        value instanceof Enum<?> name
            ? name.name().toLowerCase(Locale.ROOT)
            : String.valueOf(value));
  }
}
