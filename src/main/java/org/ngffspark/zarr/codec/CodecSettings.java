// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ngffspark.zarr.store.FormatException;

/** The configuration of one codec in array metadata; keys nobody asked for are an error. */
final class CodecSettings {
  private final String codec;
  private final JsonNode settings;
  private final String location;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * @param settings an object, or a missing or null node for no settings
   * @param location the metadata file, for errors
   */
  CodecSettings(String codec, JsonNode settings, String location) {
    this.codec = codec;
    this.settings = settings;
    this.location = location;
    if (!settings.isObject() && !settings.isMissingNode() && !settings.isNull()) {
      throw problem("configuration must be an object, got " + settings);
    }
  }

  FormatException problem(String problem) {
    return new FormatException(location, "codec '" + codec + "': " + problem);
  }

  private JsonNode node(String key) {
    known.add(key);
    return settings.path(key);
  }

  /** A key that says nothing about decoding or encoding here. */
  CodecSettings ignore(String key) {
    known.add(key);
    return this;
  }

  boolean has(String key) {
    known.add(key);
    return settings.hasNonNull(key);
  }

  /** An integer from {@code low} to {@code high}; {@code fallback} where there is none. */
  int integer(String key, int low, int high, int fallback) {
    JsonNode node = node(key);
    if (node.isMissingNode() || node.isNull()) {
      return fallback;
    }
    if (!node.canConvertToInt() || !node.isIntegralNumber()) {
      throw problem(key + " must be an integer from " + low + " to " + high + ", got " + node);
    }
    if (node.intValue() < low || node.intValue() > high) {
      throw problem(key + " must be from " + low + " to " + high + ", got " + node);
    }
    return node.intValue();
  }

  boolean flag(String key) {
    JsonNode node = node(key);
    if (!node.isMissingNode() && !node.isBoolean()) {
      throw problem(key + " must be true or false, got " + node);
    }
    return node.booleanValue();
  }

  /** A string that must be there. */
  String text(String key, List<String> choices) {
    JsonNode node = node(key);
    if (!node.isTextual() || !choices.contains(node.textValue())) {
      throw problem(
          key
              + " must be one of "
              + String.join(", ", choices)
              + ", got "
              + (node.isMissingNode() ? "nothing" : node));
    }
    return node.textValue();
  }

  /** A permutation of 0 to rank - 1. */
  int[] permutation(String key, int rank) {
    JsonNode node = node(key);
    List<Integer> axes = new ArrayList<>();
    node.forEach(axis -> axes.add(axis.isInt() ? axis.intValue() : -1));
    boolean complete =
        axes.stream().filter(axis -> axis >= 0 && axis < rank).distinct().count() == rank;
    if (!node.isArray() || axes.size() != rank || !complete) {
      throw problem(
          key + " must name each of " + rank + " axes once, as numbers from 0, got " + node);
    }
    return axes.stream().mapToInt(Integer::intValue).toArray();
  }

  /** To be called last. */
  void refuseOthers() {
    List<String> unknown = new ArrayList<>();
    settings.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw problem(
          "unknown configuration "
              + String.join(", ", unknown)
              + (known.isEmpty() ? "; it has none" : "; it has " + String.join(", ", known)));
    }
  }
}
