// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.ngffspark.samples.ObjectSizes;

/**
 * What is known in numbers of the sampled objects of an image: their features, and the means of
 * their pixels in each channel.
 *
 * @param sample of the image
 */
record ObjectValues(JsonNode sample) {
  static final List<String> TIMES = List.of("before", "after");

  /**
   * Hands on each object with its values.
   *
   * @param most objects that are handed on
   */
  void forEach(int most, BiConsumer<String, Map<String, Double>> object) {
    Map<String, Map<String, Double>> objects = new LinkedHashMap<>();
    sample.path("features").path("objects").forEach(row -> objects.put(label(row), features(row)));
    for (JsonNode each : random()) {
      objects.computeIfAbsent(label(each), none -> new LinkedHashMap<>()).putAll(pixels(each));
    }
    objects.entrySet().stream()
        .limit(most)
        .forEach(each -> object.accept(each.getKey(), each.getValue()));
  }

  /** The objects of a random sample; others are there only for their extremes. */
  List<JsonNode> random() {
    Set<String> others = labels("extremes");
    others.removeAll(labels("objects"));
    List<JsonNode> random = new ArrayList<>();
    for (JsonNode each : sample.path("objects")) {
      if (!others.contains(label(each))) {
        random.add(each);
      }
    }
    return random;
  }

  private Set<String> labels(String kind) {
    Set<String> labels = new HashSet<>();
    sample.path("features").path(kind).forEach(row -> labels.add(label(row)));
    return labels;
  }

  /** Features of the objects of which they are known, by label and name. */
  Map<String, Map<String, Double>> features() {
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    for (String kind : List.of("objects", "extremes")) {
      sample.path("features").path(kind).forEach(row -> rows.put(label(row), features(row)));
    }
    return rows;
  }

  private static String label(JsonNode object) {
    return object.path("label").asText();
  }

  /** The features of a row by their names. */
  private Map<String, Double> features(JsonNode row) {
    Map<String, Double> values = new LinkedHashMap<>();
    JsonNode summaries = sample.path("features").path("summaries");
    for (int i = 0; i < summaries.size(); i++) {
      JsonNode value = row.path("values").path(i);
      values.put(
          summaries.get(i).path("name").asText(), value.isNumber() ? value.asDouble() : Double.NaN);
    }
    return values;
  }

  private Map<String, Double> pixels(JsonNode object) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(ObjectSizes.NAME, object.path("pixels").asDouble());
    for (JsonNode channel : object.path("channels")) {
      int time = 0;
      for (JsonNode seen : channel.path("times")) {
        values.put(mean(channel, time++), seen.path("mean").asDouble());
      }
    }
    return values;
  }

  /** The name of the mean of a channel; before or after the run if that changes pixels. */
  String mean(JsonNode channel, int time) {
    String when = channel.path("times").size() > 1 ? " " + TIMES.get(time) : "";
    return PageData.name(sample, channel) + ", mean" + when;
  }
}
