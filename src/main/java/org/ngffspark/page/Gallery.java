// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Objects whose pictures a page shows: some at random, by a seed that is always the same, and the
 * smallest and largest of all objects. Besides these, of the random ones the extremes of measured
 * features or, where nothing was measured, those that are darkest and brightest and have changed
 * most. The contrast of a channel is the same in all pictures.
 */
final class Gallery {
  private static final int RANDOM = 24;
  private static final int EXTREMES = 6;
  private static final int ENDS = 3;
  private static final int FEATURES = 5;

  // What people look at first besides sizes; of each channel where they are of channels.
  private static final List<String> FIRST = List.of("intensity_mean", "eccentricity", "solidity");

  private record Shown(
      String input, JsonNode sample, JsonNode object, Map<String, Double> features) {
    boolean has(String feature) {
      return !Double.isNaN(features.getOrDefault(feature, Double.NaN));
    }

    boolean hasPixels() {
      return !object.path("channels").isEmpty();
    }

    /** Whether the run may have changed it. */
    boolean isChanged() {
      return object.path("channels").path(0).path("times").size() > 1;
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

  /** Features of an object, which may have a picture. */
  private record Known(Map<String, Double> features, Optional<Shown> shown) {
    double feature(String name) {
      return features.getOrDefault(name, Double.NaN);
    }
  }

  private final List<Shown> all = new ArrayList<>();
  private final List<Known> known = new ArrayList<>();
  private final Set<String> names = new LinkedHashSet<>();
  private final List<Shown> random = new ArrayList<>();
  private final Set<String> ends = new LinkedHashSet<>();
  private final SortedMap<String, Contrast> contrasts = new TreeMap<>();

  Gallery(RunLines lines) {
    SortedMap<String, List<JsonNode>> channels = new TreeMap<>();
    lines.samples().forEach((input, sample) -> add(input, sample, channels));
    channels.forEach((name, all) -> contrasts.put(name, Contrast.of(all)));
  }

  private void add(String input, JsonNode sample, Map<String, List<JsonNode>> channels) {
    ObjectValues values = new ObjectValues(sample);
    Map<String, Map<String, Double>> rows = values.features();
    Set<JsonNode> sampled = Collections.newSetFromMap(new IdentityHashMap<>());
    sampled.addAll(values.random());
    sample.path("features").path("ends").forEach(name -> ends.add(name.asText()));
    sample
        .path("features")
        .path("summaries")
        .forEach(each -> names.add(each.path("name").asText()));
    Map<String, Shown> pictured = new HashMap<>();
    for (JsonNode object : sample.path("objects")) {
      if (object.has("frame")) {
        String label = object.path("label").asText();
        Shown shown = new Shown(input, sample, object, rows.getOrDefault(label, Map.of()));
        all.add(shown);
        pictured.put(label, shown);
        for (JsonNode channel : object.path("channels")) {
          String name = PageData.name(sample, channel);
          channels.computeIfAbsent(name, key -> new ArrayList<>()).add(channel);
        }
        if (sampled.contains(object)) {
          random.add(shown);
        }
      }
    }
    rows.forEach(
        (label, features) ->
            known.add(new Known(features, Optional.ofNullable(pictured.get(label)))));
  }

  /**
   * Groups with a title and figures, as the template takes them; those without any are left out.
   */
  List<Map<String, Object>> groups() {
    List<Map<String, Object>> groups = new ArrayList<>();
    add(groups, "Random objects", random, Comparator.comparingInt(Shown::order), RANDOM);
    for (String name : ends) {
      Comparator<Known> value = Comparator.comparingDouble(each -> each.feature(name));
      add(groups, "Least " + name + " of all objects", first(name, value));
      add(groups, "Greatest " + name + " of all objects", first(name, value.reversed()));
    }
    List<String> features = features();
    for (String name : features) {
      List<Shown> some = random.stream().filter(each -> each.has(name)).toList();
      Comparator<Shown> value = Comparator.comparingDouble(each -> each.features.get(name));
      add(groups, "Least " + name + " of the sampled objects", some, value, ENDS);
      add(groups, "Greatest " + name + " of the sampled objects", some, value.reversed(), ENDS);
    }
    if (features.isEmpty() && random.size() > ENDS) {
      addExtremes(groups);
    }
    return groups;
  }

  /** Of all objects the first by a feature; of equal ones those that have pictures. */
  private List<Shown> first(String name, Comparator<Known> order) {
    return known.stream()
        .filter(each -> !Double.isNaN(each.feature(name)))
        .sorted(order.thenComparing(each -> each.shown.isEmpty()))
        .limit(ENDS)
        .flatMap(each -> each.shown.stream())
        .toList();
  }

  /** The features whose extremes among the random objects are shown. */
  private List<String> features() {
    return names.stream()
        .filter(name -> place(name) < FIRST.size())
        .sorted(Comparator.comparingInt(Gallery::place))
        .limit(FEATURES)
        .toList();
  }

  private static int place(String feature) {
    for (int i = 0; i < FIRST.size(); i++) {
      if (feature.equals(FIRST.get(i)) || feature.startsWith(FIRST.get(i) + "-")) {
        return i;
      }
    }
    return FIRST.size();
  }

  private void addExtremes(List<Map<String, Object>> groups) {
    List<Shown> seen = random.stream().filter(Shown::hasPixels).toList();
    Comparator<Shown> mean = Comparator.comparingDouble(Shown::mean);
    add(groups, "Darkest of the sampled objects, in the first channel", seen, mean, EXTREMES);
    add(groups, "Brightest of the sampled objects", seen, mean.reversed(), EXTREMES);
    List<Shown> changed = seen.stream().filter(Shown::isChanged).toList();
    Comparator<Shown> change = Comparator.comparingDouble(Shown::change);
    add(groups, "Most changed of the sampled objects", changed, change.reversed(), EXTREMES);
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
    add(groups, title, from.stream().sorted(order).limit(most).toList());
  }

  private void add(List<Map<String, Object>> groups, String title, List<Shown> shown) {
    List<Map<String, Object>> figures = shown.stream().map(this::figure).toList();
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
