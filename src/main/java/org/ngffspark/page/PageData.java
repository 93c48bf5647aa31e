// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
  private static final List<String> COUNTED =
      List.of("objects", "pixels", "seconds", "bytes_read", "bytes_written");
  private static final String MEAN = "mean ";
  private static final String CHANGED = ", % of pixels changed";
  private static final double ALL_PERCENT = 100;
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
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, Double> weights = new LinkedHashMap<>();
    if (image.path("state").asText().equals("done")) {
      for (String name : COUNTED) {
        values.put(name, image.path(name).asDouble());
        weights.put(name, 1.0);
      }
      addMeans(sample(image), values, weights);
    }
    node.set("values", quantities.row(values));
    node.set("weights", quantities.row(weights));
    return node;
  }

  /** Of features over all objects of an image, of channels over the pixels of the sampled ones. */
  private static void addMeans(
      JsonNode sample, Map<String, Double> values, Map<String, Double> weights) {
    for (JsonNode feature : sample.path("features").path("summaries")) {
      if (feature.path("mean").isNumber()) {
        values.put(MEAN + feature.path("name").asText(), feature.path("mean").asDouble());
        weights.put(MEAN + feature.path("name").asText(), feature.path("count").asDouble());
      }
    }
    Map<String, Double> sums = new LinkedHashMap<>();
    ObjectValues known = new ObjectValues(sample);
    for (JsonNode object : known.random()) {
      double weight = object.path("pixels").asDouble();
      for (JsonNode channel : object.path("channels")) {
        int time = 0;
        for (JsonNode seen : channel.path("times")) {
          String name = known.mean(channel, time++);
          sums.merge(name, weight * seen.path("mean").asDouble(), Double::sum);
          weights.merge(name, weight, Double::sum);
        }
        if (time > 1) {
          String name = name(sample, channel) + CHANGED;
          sums.merge(name, ALL_PERCENT * channel.path("changed").asDouble(), Double::sum);
          weights.merge(name, (double) counted(channel.path("times").path(0)), Double::sum);
        }
      }
    }
    sums.forEach((name, sum) -> values.put(name, sum / Math.max(1, weights.get(name))));
  }

  /** Of an object in several parts the changed pixels are those of one, as its bins are. */
  private static long counted(JsonNode time) {
    long counted = 0;
    for (JsonNode count : time.path("counts")) {
      counted += count.asLong();
    }
    return counted;
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
