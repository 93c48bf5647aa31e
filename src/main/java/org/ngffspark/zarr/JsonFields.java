// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

/**
 * The fields of one JSON object in a metadata file, taken with checks. Every problem is a {@link
 * FormatException} that names file, field and value.
 *
 * @param path the object's place in the file, ends with a dot; empty at the top
 */
record JsonFields(ObjectNode node, String location, String path) {
  /** Rank that numpy, and so every Python reader, can still hold. */
  private static final int MAX_RANK = 32;

  /** The largest integer that all JSON readers agree on. */
  private static final long MAX_LENGTH = 1L << 53;

  private static final int MAX_SHOWN = 120;

  static JsonFields of(ObjectNode node, String location) {
    return new JsonFields(node, location, "");
  }

  FormatException problem(String field, String problem) {
    return new FormatException(location, path + field + " " + problem);
  }

  boolean has(String field) {
    return node.has(field);
  }

  /** The field's value as it is; a missing node if there is none. */
  JsonNode get(String field) {
    return node.path(field);
  }

  JsonNode required(String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode()) {
      throw problem(field, "is missing");
    }
    return value;
  }

  String text(String field) {
    JsonNode value = required(field);
    if (!value.isTextual()) {
      throw problem(field, "should be a string, but is " + shown(value));
    }
    return value.textValue();
  }

  JsonFields object(String field) {
    return object(required(field), field);
  }

  JsonFields object(JsonNode value, String field) {
    if (value instanceof ObjectNode object) {
      return new JsonFields(object, location, path + field + ".");
    }
    throw problem(field, "should be an object, but is " + shown(value));
  }

  /** A list of objects or strings, as codecs are given. */
  JsonNode list(String field) {
    JsonNode value = required(field);
    if (!value.isArray()) {
      throw problem(field, "should be a list, but is " + shown(value));
    }
    return value;
  }

  void requireNumber(String field, int expected) {
    JsonNode value = required(field);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() != expected) {
      throw problem(field, "should be " + expected + ", but is " + shown(value));
    }
  }

  void requireText(String field, String expected) {
    String value = text(field);
    if (!value.equals(expected)) {
      throw problem(field, "should be \"" + expected + "\", but is " + shown(get(field)));
    }
  }

  /** Lengths per axis, each at least {@code lowest}. */
  Shape shape(String field, long lowest) {
    JsonNode list = list(field);
    if (list.size() > MAX_RANK) {
      throw problem(field, "has " + list.size() + " axes; at most " + MAX_RANK + " are supported");
    }
    long[] lengths = new long[list.size()];
    for (int axis = 0; axis < lengths.length; axis++) {
      JsonNode length = list.get(axis);
      if (!length.isIntegralNumber()
          || !length.canConvertToLong()
          || length.longValue() < lowest
          || length.longValue() > MAX_LENGTH) {
        throw problem(
            field, "should be integers from " + lowest + " to 2^53, but is " + shown(list));
      }
      lengths[axis] = length.longValue();
    }
    return Shape.of(lengths);
  }

  /** Refuses fields that are not known, unless they say that they need not be understood. */
  void allowOnly(Set<String> known) {
    node.properties()
        .forEach(
            field -> {
              JsonNode optional = field.getValue().path("must_understand");
              boolean mayIgnore = optional.isBoolean() && !optional.booleanValue();
              if (!known.contains(field.getKey()) && !mayIgnore) {
                throw problem(
                    field.getKey(),
                    "is not known and must be understood; known are "
                        + known.stream().sorted().toList());
              }
            });
  }

  /** A value for a message, cut where it is long. */
  static String shown(JsonNode value) {
    String text = value.isMissingNode() ? "missing" : value.toString();
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
