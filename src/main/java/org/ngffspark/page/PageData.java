// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.samples.ValueBins;

/**
 * The numbers that the script of a page draws: images with what was counted and measured of each,
 * sampled objects, and histograms of their pixels.
 */
final class PageData {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST_NUMBERS = 250_000;

  private final RunLines lines;

  PageData(RunLines lines) {
    this.lines = lines;
  }

  ObjectNode json() {
    ObjectNode data = JSON.objectNode();
    lines.plates().values().forEach(data.putArray("plates")::add);
    ValueTable quantities = new ValueTable();
    ValueTable features = new ValueTable();
    ArrayNode images = data.putArray("images");
    ArrayNode objects = data.putArray("objects");
    int most = mostObjects();
    for (JsonNode image : lines.images()) {
      int index = images.size();
      images.add(image(image, quantities));
      new ObjectValues(sample(image))
          .forEach(
              most,
              (label, values) -> {
                ObjectNode object = objects.addObject().put("image", index).put("label", label);
                object.set("values", features.row(values));
              });
    }
    data.set("quantities", quantities.names());
    data.set("features", features.names());
    data.set("histograms", histograms());
    return data;
  }

  /** Objects of an image, so that a page of many images and features has a bound. */
  private int mostObjects() {
    int names =
        lines.samples().values().stream()
            .mapToInt(sample -> sample.path("features").path("summaries").size())
            .max()
            .orElse(0);
    return Math.max(1, MOST_NUMBERS / (Math.max(1, lines.images().size()) * Math.max(1, names)));
  }

  private JsonNode sample(JsonNode image) {
    return lines.samples().getOrDefault(image.path("input").asText(), JSON.objectNode());
  }

  private ObjectNode image(JsonNode image, ValueTable quantities) {
    String input = image.path("input").asText();
    ObjectNode node = JSON.objectNode().put("input", input);
    node.set("state", image.path("state"));
    JsonNode place = lines.places().getOrDefault(input, JSON.objectNode());
    for (String name : List.of("plate", "well", "image")) {
      node.put(name, place.path(name).asText());
    }
    ImageQuantities known = new ImageQuantities(image, sample(image));
    node.set("values", quantities.row(known.values()));
    node.set("weights", quantities.row(known.weights()));
    return node;
  }

  static String name(JsonNode sample, JsonNode channel) {
    int index = channel.path("channel").asInt();
    return sample.path("channels").path(index).path("name").asText("channel " + index);
  }

  /** For each channel the bins of both times together: least value, end, pixels before, after. */
  private ObjectNode histograms() {
    Map<String, SortedMap<Integer, long[]>> channels = new TreeMap<>();
    for (JsonNode sample : lines.samples().values()) {
      for (JsonNode object : new ObjectValues(sample).random()) {
        for (JsonNode channel : object.path("channels")) {
          SortedMap<Integer, long[]> bins =
              channels.computeIfAbsent(name(sample, channel), key -> new TreeMap<>());
          int time = 0;
          for (JsonNode seen : channel.path("times")) {
            add(seen, time++, bins);
          }
        }
      }
    }
    ObjectNode histograms = JSON.objectNode();
    channels.forEach((name, bins) -> histograms.set(name, rows(bins)));
    return histograms;
  }

  private static void add(JsonNode seen, int time, SortedMap<Integer, long[]> bins) {
    for (int i = 0; i < seen.path("bins").size(); i++) {
      bins.computeIfAbsent(
                  seen.path("bins").get(i).asInt(), key -> new long[ObjectValues.TIMES.size()])[
              time] +=
          seen.path("counts").path(i).asLong();
    }
  }

  private static ArrayNode rows(SortedMap<Integer, long[]> bins) {
    List<ArrayNode> rows = new ArrayList<>();
    bins.forEach(
        (bin, counts) -> {
          double inner = ValueBins.inner(bin);
          double outer = ValueBins.outer(bin);
          ArrayNode row = JSON.arrayNode().add(Math.min(inner, outer)).add(Math.max(inner, outer));
          rows.add(row.add(counts[0]).add(counts[1]));
        });
    rows.sort((one, other) -> Double.compare(one.get(0).asDouble(), other.get(0).asDouble()));
    return JSON.arrayNode().addAll(rows);
  }
}
