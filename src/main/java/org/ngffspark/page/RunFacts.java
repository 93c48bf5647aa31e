// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** What ran, in words: its title, and names with values. */
final class RunFacts {
  private final RunLines lines;
  private final JsonNode options;

  RunFacts(RunLines lines) {
    this.lines = lines;
    this.options = lines.run().path("options");
  }

  /** As {@code transform of nuclei}, or {@code segment to nuclei}. */
  String title() {
    String command = lines.run().path("command").asText().replaceFirst("^\\S+\\s+", "");
    String name = command.isEmpty() ? "run" : command.split("\\s+")[0];
    // What is not given is null, and has no text.
    String label = options.path("label").asText("");
    String to = name.equals("segment") ? options.path("to").asText("") : "";
    return name + (label.isEmpty() ? "" : " of " + label) + (to.isEmpty() ? "" : " to " + to);
  }

  List<Map<String, Object>> rows() {
    Map<String, String> facts = new LinkedHashMap<>();
    JsonNode run = lines.run();
    options.path("steps").forEach(step -> facts.merge("transform", step(step), RunFacts::then));
    for (String name : List.of("started", "user", "host", "version", "java")) {
      facts.put(name, run.path(name).asText());
    }
    lines
        .end()
        .map(end -> end.path("ended"))
        .filter(JsonNode::isTextual)
        .ifPresent(ended -> facts.put("took", took(run.path("started").asText(), ended.asText())));
    facts.put("Spark", run.path("spark").path("version").asText());
    facts.put("machines", run.path("spark").path("master").asText());
    for (Map.Entry<String, JsonNode> option : options.properties()) {
      String value = text(option.getValue());
      if (!value.isEmpty() && !option.getKey().equals("steps")) {
        facts.put("--" + option.getKey(), value);
      }
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    facts.values().removeIf(String::isEmpty);
    facts.forEach((name, value) -> rows.add(Map.of("name", name, "value", value)));
    return rows;
  }

  private static String then(String one, String next) {
    return one + ", then " + next;
  }

  /** A transform with its parameters. */
  private static String step(JsonNode step) {
    return (text(step.path("transform")) + " " + text(step.path("param"))).strip();
  }

  private static String took(String started, String ended) {
    Instant end = Instant.parse(ended);
    Duration time = Duration.between(Instant.parse(started), end);
    return "%d h %d min %d s, until %s"
        .formatted(
            time.toHours(),
            time.toMinutesPart(),
            time.toSecondsPart(),
            end.truncatedTo(ChronoUnit.SECONDS));
  }

  /** {@code ""} for what is not set. */
  private static String text(JsonNode value) {
    if (value.isArray()) {
      StringJoiner all = new StringJoiner(", ");
      value.forEach(each -> all.add(text(each)));
      return all.toString();
    }
    boolean isUnset = value.isNull() || value.isBoolean() && !value.asBoolean();
    return isUnset
        ? ""
        : value.isValueNode() ? value.asText() : value.isEmpty() ? "" : value.toString();
  }
}
