// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a heatmap can show of an image: counts, means of features and of channels. Means are over
 * all objects where a run knows those, else over the sampled ones, which their names say.
 */
final class ImageQuantities {
  private static final List<String> COUNTED =
      List.of("objects", "pixels", "seconds", "bytes_read", "bytes_written");
  private static final String MEAN = "mean ";
  private static final String CHANGED = ", % of pixels changed";
  private static final String SAMPLED = " (sampled objects)";
  private static final double ALL_PERCENT = 100;

  private final JsonNode sample;
  private final ObjectValues objects;
  private final Map<String, Double> values = new LinkedHashMap<>();
  private final Map<String, Double> weights = new LinkedHashMap<>();

  /**
   * @param image its line of the manifest
   * @param sample what else is known of it; may be empty
   */
  ImageQuantities(JsonNode image, JsonNode sample) {
    this.sample = sample;
    this.objects = new ObjectValues(sample);
    if (image.path("state").asText().equals("done")) {
      COUNTED.forEach(name -> put(name, image.path(name).asDouble(), 1));
      addFeatures();
      addChannels();
      addSampled();
    }
  }

  private void put(String name, double value, double weight) {
    values.put(name, value);
    weights.put(name, weight);
  }

  private void addFeatures() {
    for (JsonNode feature : sample.path("features").path("summaries")) {
      if (feature.path("mean").isNumber()) {
        String name = MEAN + feature.path("name").asText();
        put(name, feature.path("mean").asDouble(), feature.path("count").asDouble());
      }
    }
  }

  /** Over the pixels of all objects. */
  private void addChannels() {
    for (JsonNode channel : sample.path("sums")) {
      int time = 0;
      for (JsonNode sum : channel.path("times")) {
        String name = objects.mean(channel, time++);
        if (sum.path("mean").isNumber()) {
          put(name, sum.path("mean").asDouble(), sum.path("pixels").asDouble());
        }
      }
    }
  }

  private void addSampled() {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (JsonNode object : objects.random()) {
      for (JsonNode channel : object.path("channels")) {
        JsonNode times = channel.path("times");
        double pixels = counted(times.path(0));
        if (sample.path("sums").isEmpty()) {
          for (int time = 0; time < times.size(); time++) {
            double sum = pixels * times.path(time).path("mean").asDouble();
            add(objects.mean(channel, time), sum, pixels, sums);
          }
        }
        if (times.size() > 1) {
          double changed = ALL_PERCENT * channel.path("changed").asDouble();
          add(PageData.name(sample, channel) + CHANGED, changed, pixels, sums);
        }
      }
    }
    sums.forEach((name, sum) -> values.put(name, sum / Math.max(1, weights.get(name))));
  }

  private void add(String name, double sum, double pixels, Map<String, Double> sums) {
    sums.merge(name + SAMPLED, sum, Double::sum);
    weights.merge(name + SAMPLED, pixels, Double::sum);
  }

  /** Of an object in several parts the pixels of the one that was looked at. */
  private static long counted(JsonNode time) {
    long counted = 0;
    for (JsonNode count : time.path("counts")) {
      counted += count.asLong();
    }
    return counted;
  }

  /** The values that are known, by name. */
  Map<String, Double> values() {
    return values;
  }

  /** What each value counts where several images are taken together. */
  Map<String, Double> weights() {
    return weights;
  }
}
