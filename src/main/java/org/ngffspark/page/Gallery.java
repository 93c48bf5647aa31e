// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Objects whose pictures a page shows: some at random, by a seed that is always the same, and the
 * extremes of features, or of size and brightness. The contrast of a channel is the same in all
 * pictures.
 */
final class Gallery {
  private static final int RANDOM = 24;
  private static final int EXTREMES = 6;
  private static final int ENDS = 3;

  private record Shown(
      String input, JsonNode sample, JsonNode object, Map<String, Double> features) {
    double feature(String name) {
      return features.getOrDefault(name, Double.NaN);
    }

    double pixels() {
      return object.path("pixels").asDouble();
    }

    double mean() {
      return object.path("channels").path(0).path("times").path(0).path("mean").asDouble();
    }

    double change() {
      double sum = 0;
      for (JsonNode channel : object.path("channels")) {
        JsonNode times = channel.path("times");
        sum +=
            Math.abs(times.path(1).path("mean").asDouble() - times.path(0).path("mean").asDouble());
      }
      return sum;
    }

    int order() {
      // Samples of one image come by rank; of several images they are to be mixed.
      return (input + object.path("label").asText()).hashCode() * 0x9E3779B1;
    }
  }

  private final List<Shown> all = new ArrayList<>();
  private final List<Shown> random = new ArrayList<>();
  private final Set<String> ends = new LinkedHashSet<>();
  private final SortedMap<String, Contrast> contrasts = new TreeMap<>();

  Gallery(RunLines lines) {
    lines.samples().forEach((input, sample) -> add(input, sample));
  }

  private void add(String input, JsonNode sample) {
    ObjectValues values = new ObjectValues(sample);
    Map<String, Map<String, Double>> rows = values.features();
    sample.path("features").path("ends").forEach(name -> ends.add(name.asText()));
    for (JsonNode object : sample.path("objects")) {
      if (object.has("frame")) {
        String label = object.path("label").asText();
        Shown shown = new Shown(input, sample, object, rows.getOrDefault(label, Map.of()));
        add(shown);
        if (values.isRandom(label)) {
          random.add(shown);
        }
      }
    }
  }

  private void add(Shown shown) {
    all.add(shown);
    for (JsonNode channel : shown.object.path("channels")) {
      contrasts
          .computeIfAbsent(PageData.name(shown.sample, channel), key -> new Contrast())
          .add(channel);
    }
  }

  /**
   * Groups with a title and figures, as the template takes them; those without any are left out.
   */
  List<Map<String, Object>> groups() {
    boolean changed =
        all.stream()
            .anyMatch(shown -> shown.object.path("channels").path(0).path("times").size() > 1);
    List<Map<String, Object>> groups = new ArrayList<>();
    add(groups, "Random objects", random, Comparator.comparingInt(Shown::order), RANDOM);
    for (String name : ends) {
      List<Shown> known = all.stream().filter(each -> !Double.isNaN(each.feature(name))).toList();
      Comparator<Shown> value = Comparator.comparingDouble(each -> each.feature(name));
      add(groups, "Least " + name + " of all objects", known, value, ENDS);
      add(groups, "Greatest " + name + " of all objects", known, value.reversed(), ENDS);
    }
    if (ends.isEmpty() && all.size() > EXTREMES) {
      Comparator<Shown> size = Comparator.comparingDouble(Shown::pixels);
      Comparator<Shown> mean = Comparator.comparingDouble(Shown::mean);
      add(groups, "The smallest of them", all, size, EXTREMES);
      add(groups, "The largest of them", all, size.reversed(), EXTREMES);
      add(groups, "The darkest of them in the first channel", all, mean, EXTREMES);
      add(groups, "The brightest of them in the first channel", all, mean.reversed(), EXTREMES);
      if (changed) {
        Comparator<Shown> change = Comparator.comparingDouble(Shown::change);
        add(groups, "Those that changed most", all, change.reversed(), EXTREMES);
      }
    }
    return groups;
  }

  /** Objects that have pictures, of which a page shows some. */
  int size() {
    return all.size();
  }

  private void add(
      List<Map<String, Object>> groups,
      String title,
      List<Shown> from,
      Comparator<Shown> order,
      int most) {
    List<Map<String, Object>> figures =
        from.stream().sorted(order).limit(most).map(this::figure).toList();
    if (!figures.isEmpty()) {
      groups.add(Map.of("title", title, "figures", figures));
    }
  }

  private Map<String, Object> figure(Shown shown) {
    ObjectPictures pictures = new ObjectPictures(shown.sample, shown.object, contrasts);
    Map<String, Object> figure = new LinkedHashMap<>();
    figure.put("input", shown.input);
    figure.put("short", shortened(shown.input));
    figure.put("label", shown.object.path("label").asText());
    figure.put("pixels", shown.object.path("pixels").asText());
    figure.put("width", pictures.width());
    figure.put("height", pictures.height());
    figure.put("outline", pictures.outline());
    figure.put("bar", pictures.bar());
    figure.put("pictures", pictures.all());
    return figure;
  }

  /** The last three parts of a path: row, column and image in a plate. */
  private static String shortened(String input) {
    String[] parts = input.split("/");
    return String.join("/", List.of(parts).subList(Math.max(0, parts.length - 3), parts.length));
  }

  /** The contrast of each channel, for people. */
  List<Map<String, Object>> limits() {
    List<Map<String, Object>> limits = new ArrayList<>();
    contrasts.forEach(
        (name, contrast) ->
            limits.add(
                Map.of(
                    "name", name, "black", contrast.blackText(), "white", contrast.whiteText())));
    return limits;
  }
}
