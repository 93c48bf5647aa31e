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
  private static final List<String> COUNTED =
      List.of("objects", "pixels", "seconds", "bytes_read", "bytes_written");
  private static final List<String> TIMES = List.of("before", "after");

  private final RunLines lines;

  PageData(RunLines lines) {
    this.lines = lines;
  }

  ObjectNode json() {
    ObjectNode data = JSON.objectNode();
    lines.plates().values().forEach(data.putArray("plates")::add);
    ArrayNode images = data.putArray("images");
    ArrayNode objects = data.putArray("objects");
    for (JsonNode image : lines.images()) {
      images.add(image(image));
      sample(image).path("objects").forEach(each -> objects.add(object(images.size() - 1, each)));
    }
    data.set("channels", channels());
    data.set("histograms", histograms());
    return data;
  }

  private JsonNode sample(JsonNode image) {
    return lines.samples().getOrDefault(image.path("input").asText(), JSON.objectNode());
  }

  private ObjectNode image(JsonNode image) {
    String input = image.path("input").asText();
    ObjectNode node = JSON.objectNode().put("input", input);
    node.set("state", image.path("state"));
    JsonNode place = lines.places().getOrDefault(input, JSON.objectNode());
    for (String name : List.of("plate", "well", "image")) {
      node.put(name, place.path(name).asText());
    }
    ObjectNode values = node.putObject("values");
    if (image.path("state").asText().equals("done")) {
      COUNTED.forEach(name -> values.set(name, image.path(name)));
      means(sample(image)).forEach(values::put);
    }
    return node;
  }

  /** Over the sampled objects of an image. */
  private static SortedMap<String, Double> means(JsonNode sample) {
    SortedMap<String, Double> sums = new TreeMap<>();
    SortedMap<String, Double> pixels = new TreeMap<>();
    for (JsonNode object : sample.path("objects")) {
      double weight = object.path("pixels").asDouble();
      for (JsonNode channel : object.path("channels")) {
        int time = 0;
        for (JsonNode seen : channel.path("times")) {
          String name = name(sample, channel) + ", mean " + TIMES.get(time++);
          sums.merge(name, weight * seen.path("mean").asDouble(), Double::sum);
          pixels.merge(name, weight, Double::sum);
        }
      }
    }
    sums.replaceAll((name, sum) -> sum / Math.max(1, pixels.get(name)));
    return sums;
  }

  static String name(JsonNode sample, JsonNode channel) {
    int index = channel.path("channel").asInt();
    return sample.path("channels").path(index).path("name").asText("channel " + index);
  }

  private ObjectNode object(int image, JsonNode object) {
    ObjectNode node = JSON.objectNode().put("image", image);
    node.set("label", object.path("label"));
    ObjectNode values = node.putObject("values");
    values.set("pixels of the object", object.path("pixels"));
    JsonNode sample = sample(lines.images().get(image));
    for (JsonNode channel : object.path("channels")) {
      int time = 0;
      for (JsonNode seen : channel.path("times")) {
        values.set(name(sample, channel) + ", mean " + TIMES.get(time++), seen.path("mean"));
      }
    }
    return node;
  }

  /** Names of channels, each once, in the order in which images have them. */
  private ArrayNode channels() {
    List<String> names = new ArrayList<>();
    for (JsonNode sample : lines.samples().values()) {
      for (JsonNode channel : sample.path("channels")) {
        if (!names.contains(channel.path("name").asText())) {
          names.add(channel.path("name").asText());
        }
      }
    }
    ArrayNode array = JSON.arrayNode();
    names.forEach(array::add);
    return array;
  }

  /** For each channel the bins of both times together: least value, end, pixels before, after. */
  private ObjectNode histograms() {
    Map<String, SortedMap<Integer, long[]>> channels = new TreeMap<>();
    for (JsonNode sample : lines.samples().values()) {
      for (JsonNode object : sample.path("objects")) {
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
      bins.computeIfAbsent(seen.path("bins").get(i).asInt(), key -> new long[TIMES.size()])[time] +=
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
