// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.ngffspark.zarr.store.FormatException;

/**
 * What is known of a run: its lines of the manifest, and of the samples beside it.
 *
 * @param run the first line
 * @param images those that have ended, each once, in the order of the run
 * @param end the last line; empty while the run goes on, and if it was killed
 * @param plates by their URI
 * @param places of images, by the image
 * @param samples of images, by the image
 */
record RunLines(
    JsonNode run,
    List<JsonNode> images,
    Optional<JsonNode> end,
    Map<String, JsonNode> plates,
    Map<String, JsonNode> places,
    Map<String, JsonNode> samples) {
  /** Name of the file of samples, beside the manifest that they go with. */
  static final String SAMPLES = "samples.jsonl";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Reads the last run of a manifest.
   *
   * @throws IllegalArgumentException if the file is not there, or holds no run
   * @throws FormatException if it is no manifest
   */
  static RunLines read(Path manifest) {
    RunLines bare = readManifest(manifest);
    Path samples = manifest.toAbsolutePath().resolveSibling(SAMPLES);
    return Files.exists(samples) ? bare.with(bare.ownOf(lines(samples))) : bare;
  }

  /** The same without samples; errors are the same. */
  static RunLines readManifest(Path manifest) {
    JsonNode run = MAPPER.missingNode();
    List<JsonNode> lines = lines(manifest);
    for (JsonNode line : lines) {
      run = line.path("kind").asText().equals("run") ? line : run;
    }
    if (run.isMissingNode()) {
      throw new IllegalArgumentException("Manifest " + manifest + " holds no run");
    }
    String id = run.path("run").asText();
    Map<String, JsonNode> images = new LinkedHashMap<>();
    Optional<JsonNode> end = Optional.empty();
    for (JsonNode line : lines) {
      if (line.path("run").asText().equals(id)) {
        String kind = line.path("kind").asText();
        if (kind.equals("image")) {
          images.put(line.path("input").asText(), line);
        }
        end = kind.equals("end") ? Optional.of(line) : end;
      }
    }
    List<JsonNode> ended = new ArrayList<>(images.values());
    ended.sort(Comparator.comparingInt(place(run)));
    return new RunLines(run, List.copyOf(ended), end, Map.of(), Map.of(), Map.of());
  }

  /** The place of an image in the run; wells that could not be read come last. */
  private static ToIntFunction<JsonNode> place(JsonNode run) {
    Map<String, Integer> places = new HashMap<>();
    run.path("images").forEach(image -> places.putIfAbsent(image.asText(), places.size()));
    return image -> places.getOrDefault(image.path("input").asText(), places.size());
  }

  /** Whether anything is known but what the manifest says. */
  boolean hasSamples() {
    return !samples.isEmpty() || !places.isEmpty();
  }

  /** Samples of another run are left out. */
  private List<JsonNode> ownOf(List<JsonNode> lines) {
    List<JsonNode> own = new ArrayList<>();
    boolean mine = false;
    for (JsonNode line : lines) {
      boolean isRun = line.path("kind").asText().equals("run");
      mine = isRun ? line.path("run").equals(run.path("run")) : mine;
      if (mine && !isRun) {
        own.add(line);
      }
    }
    return own;
  }

  /**
   * The same with what is known besides.
   *
   * @param lines as those of the file of samples
   */
  RunLines with(List<JsonNode> lines) {
    Map<String, Map<String, JsonNode>> kinds = new LinkedHashMap<>();
    for (JsonNode line : lines) {
      String kind = line.path("kind").asText();
      String key = line.path(kind.equals("plate") ? "plate" : "input").asText();
      kinds.computeIfAbsent(kind, each -> new LinkedHashMap<>()).put(key, line);
    }
    return new RunLines(
        run,
        images,
        end,
        kinds.getOrDefault("plate", Map.of()),
        kinds.getOrDefault("place", Map.of()),
        kinds.getOrDefault("sample", Map.of()));
  }

  private static List<JsonNode> lines(Path file) {
    List<JsonNode> lines = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line(text).ifPresent(lines::add);
      }
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("Cannot read " + file + ": " + unreadable, unreadable);
    }
    if (!lines.isEmpty() && lines.get(0).path("kind").asText().isEmpty()) {
      throw new FormatException(file.toString(), "its lines have no kind: it is no manifest");
    }
    return lines;
  }

  /** Empty if it is no whole line: it was being written when its run was killed, or is just now. */
  private static Optional<JsonNode> line(String text) {
    try {
      return Optional.of(MAPPER.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException part) {
      return Optional.empty();
    }
  }
}
