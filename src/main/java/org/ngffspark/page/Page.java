// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the page of a run from its lines. All that comes from outside is escaped by the template;
 * the numbers that the script draws are JSON in which no markup can begin.
 */
final class Page {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

  // As ObjectFailure says it.
  private static final Pattern OBJECT = Pattern.compile("object (\\d+): (.*)", Pattern.DOTALL);

  // As many are laid out at once without delay.
  private static final int FEW_IMAGES = 96;

  private final RunLines lines;
  private final Optional<BaseUrl> baseUrl;
  private final Optional<String> progress;

  /**
   * @param baseUrl where the input is served, for links to viewers
   * @param progress how a run at work stands, for people
   */
  Page(RunLines lines, Optional<BaseUrl> baseUrl, Optional<String> progress) {
    this.lines = lines;
    this.baseUrl = baseUrl;
    this.progress = progress;
  }

  String html() {
    Map<String, Object> context = new LinkedHashMap<>();
    JsonNode run = lines.run();
    RunFacts facts = new RunFacts(lines);
    ViewerLinks links = new ViewerLinks(baseUrl, run);
    context.put("title", facts.title());
    context.put("state", state());
    context.put("isOpen", lines.end().isEmpty());
    context.put("now", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    context.put("hasProgress", progress.isPresent());
    context.put("progress", progress.orElse(""));
    context.put("command", run.path("command").asText());
    context.put("numbers", numbers());
    context.put("facts", facts.rows());
    List<Map<String, Object>> problems = problems();
    context.put("problems", problems);
    context.put("hasProblems", !problems.isEmpty());
    context.put("images", new PageImages(lines, links).all());
    context.put("isLong", lines.images().size() > FEW_IMAGES);
    Gallery gallery = new Gallery(lines);
    context.put("groups", gallery.groups());
    context.put("pictured", gallery.size());
    context.put("limits", gallery.limits());
    context.put("hasLimits", !gallery.limits().isEmpty());
    context.put("hasObjects", gallery.size() > 0);
    context.put("hasPlates", !lines.plates().isEmpty());
    context.put(
        "plateLinks",
        lines.plates().values().stream()
            .flatMap(plate -> links.plateViewers(plate.path("name").asText()).stream())
            .toList());
    context.put("css", resource(UPLOT + "dist/uPlot.min.css") + resource("page.css"));
    context.put("uplot", resource(UPLOT + "dist/uPlot.iife.min.js"));
    context.put("script", resource("page.js"));
    // In HTML a script ends at the first "</", in JSON both are the same.
    context.put("data", new PageData(lines).json().toString().replace("<", "\\u003c"));
    return Mustache.compiler().compile(resource("page.mustache")).execute(context);
  }

  private String state() {
    return lines
        .end()
        .map(end -> end.path("state").asText())
        .map(
            state ->
                switch (state) {
                  case "done" -> "Done.";
                  case "failed" -> "Some images failed.";
                  case "stopped" -> "Stopped before all was done.";
                  default -> "Broke off: " + lines.end().orElseThrow().path("message").asText();
                })
        .orElse("At work, or killed: no end is noted.");
  }

  private List<Map<String, Object>> numbers() {
    Map<String, Long> sums = new LinkedHashMap<>();
    sums.put("images of the run", (long) lines.run().path("images").size());
    for (String state : List.of("done", "failed", "skipped", "stopped")) {
      sums.put(
          state,
          lines.images().stream()
              .filter(each -> each.path("state").asText().equals(state))
              .count());
    }
    for (String name : List.of("objects", "pixels", "bytes_read", "bytes_written")) {
      sums.put(
          name.replace('_', ' '),
          lines.images().stream().mapToLong(each -> each.path(name).asLong()).sum());
    }
    List<Map<String, Object>> numbers = new ArrayList<>();
    sums.forEach(
        (name, value) ->
            numbers.add(
                Map.of(
                    "name",
                    name,
                    "value",
                    String.format(Locale.ROOT, "%,d", value),
                    "raw",
                    value)));
    return numbers;
  }

  private List<Map<String, Object>> problems() {
    List<Map<String, Object>> problems = new ArrayList<>();
    for (JsonNode image : lines.images()) {
      String input = image.path("input").asText();
      String state = image.path("state").asText();
      if (state.equals("failed") || state.equals("stopped")) {
        problems.add(failure(input, image.path("message").asText()));
      }
      for (JsonNode object : image.path("skipped_objects")) {
        problems.add(problem(input, object.path("label").asText(), object.path("reason").asText()));
      }
      for (JsonNode remark : image.path("remarks")) {
        problems.add(problem(input, "", remark.asText()));
      }
    }
    return problems;
  }

  /** Of an object, if the message begins with one. */
  private static Map<String, Object> failure(String input, String message) {
    Matcher object = OBJECT.matcher(message);
    return object.matches()
        ? problem(input, object.group(1), object.group(2))
        : problem(input, "", message);
  }

  private static Map<String, Object> problem(String input, String label, String message) {
    return Map.of("input", input, "label", label, "message", message);
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("This installation lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
