// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

/**
 * A value in a metadata file that knows where it stands, so that every complaint names file, field
 * and value.
 *
 * @param file the file, for messages
 * @param field the path of the field inside the file, as in {@code multiscales[0].axes}; empty for
 *     the whole file
 */
public record JsonView(String file, String field, JsonNode node) {
  private static final int LONGEST_QUOTE = 120;

  /** Rank that numpy, and so every Python reader, can still hold. */
  private static final int MAX_RANK = 32;

  /** The largest integer that all JSON readers agree on. */
  private static final long MAX_LENGTH = 1L << 53;

  /** The field of that name; empty if it is missing or null. */
  public Optional<JsonView> find(String name) {
    requireObject();
    JsonNode value = node.path(name);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(at(name));
  }

  /**
   * The field of that name.
   *
   * @throws FormatException if it is missing or null
   */
  public JsonView require(String name) {
    return find(name).orElseThrow(() -> new FormatException(file, fieldOf(name) + " is missing"));
  }

  /** The field of that name whatever it is, also missing or null. */
  public JsonView at(String name) {
    return new JsonView(file, fieldOf(name), node.path(name));
  }

  /**
   * The field of that name, which may be null.
   *
   * @throws FormatException if it is missing
   */
  public JsonView present(String name) {
    if (!node.has(name)) {
      throw new FormatException(file, fieldOf(name) + " is missing");
    }
    return at(name);
  }

  /** The elements of this array. */
  public List<JsonView> elements() {
    if (!node.isArray()) {
      throw problem("must be an array");
    }
    List<JsonView> views = new ArrayList<>();
    for (int index = 0; index < node.size(); index++) {
      views.add(new JsonView(file, field + "[" + index + "]", node.get(index)));
    }
    return views;
  }

  /** The elements of this array, at least one. */
  public List<JsonView> someElements() {
    if (node.isArray() && node.isEmpty()) {
      throw problem("must not be empty");
    }
    return elements();
  }

  /** Lengths per axis, each at least {@code lowest}. */
  public Shape shape(long lowest) {
    List<JsonView> elements = elements();
    if (elements.size() > MAX_RANK) {
      throw new FormatException(
          file,
          field + " has " + elements.size() + " axes; at most " + MAX_RANK + " are supported");
    }
    return Shape.of(elements.stream().mapToLong(length -> length.length(lowest, this)).toArray());
  }

  private long length(long lowest, JsonView list) {
    boolean fits = node.isIntegralNumber() && node.canConvertToLong();
    if (!fits || node.longValue() < lowest || node.longValue() > MAX_LENGTH) {
      throw list.problem("must be integers from " + lowest + " to 2^53");
    }
    return node.longValue();
  }

  public String text() {
    if (!node.isTextual()) {
      throw problem("must be a string");
    }
    return node.textValue();
  }

  public double finite() {
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (!Double.isFinite(value)) {
      throw problem("must be a finite number");
    }
    return value;
  }

  /** An integer from 0 on. */
  public int index() {
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
      throw problem("must be an integer from 0 on");
    }
    return node.intValue();
  }

  /** An integer from {@code low} to {@code high}. */
  public int integer(int low, int high) {
    boolean fits = node.isIntegralNumber() && node.canConvertToInt();
    if (!fits || node.intValue() < low || node.intValue() > high) {
      throw problem("must be an integer from " + low + " to " + high);
    }
    return node.intValue();
  }

  /** The integer in that field; the fallback where it is missing or null. */
  public int integer(String name, int low, int high, int fallback) {
    return find(name).map(value -> value.integer(low, high)).orElse(fallback);
  }

  /** The truth value in that field; false where it is missing or null. */
  public boolean flag(String name) {
    Optional<JsonView> value = find(name);
    if (value.filter(found -> !found.node().isBoolean()).isPresent()) {
      throw value.get().problem("must be true or false");
    }
    return value.filter(found -> found.node().booleanValue()).isPresent();
  }

  /** One of these texts. */
  public String oneOf(Collection<String> choices) {
    if (!node.isTextual() || !choices.contains(node.textValue())) {
      throw problem("must be one of " + String.join(", ", choices));
    }
    return node.textValue();
  }

  /** A permutation of 0 to rank - 1. */
  public int[] permutation(int rank) {
    int[] axes = new int[rank];
    BitSet seen = new BitSet();
    if (!node.isArray() || node.size() != rank) {
      throw problem("must name each of " + rank + " axes once, as numbers from 0");
    }
    for (int i = 0; i < rank; i++) {
      axes[i] = node.get(i).isInt() ? node.get(i).intValue() : -1;
      if (axes[i] < 0 || axes[i] >= rank || seen.get(axes[i])) {
        throw problem("must name each of " + rank + " axes once, as numbers from 0");
      }
      seen.set(axes[i]);
    }
    return axes;
  }

  /** The object in that field; an empty one where it is missing or null. */
  public JsonView object(String name) {
    JsonView value =
        find(name)
            .orElseGet(
                () -> new JsonView(file, fieldOf(name), JsonNodeFactory.instance.objectNode()));
    value.requireObject();
    return value;
  }

  /** Checks that this is that number. */
  public void requireNumber(int expected) {
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() != expected) {
      throw problem("must be " + expected);
    }
  }

  /** Checks that this is that text. */
  public void requireText(String expected) {
    if (!text().equals(expected)) {
      throw problem("must be \"" + expected + "\"");
    }
  }

  /** Refuses fields that are not known, unless they say that they need not be understood. */
  public void requireUnderstood(Collection<String> known) {
    requireObject();
    node.properties()
        .forEach(
            each -> {
              JsonNode must = each.getValue().path("must_understand");
              boolean mayIgnore = must.isBoolean() && !must.booleanValue();
              if (!known.contains(each.getKey()) && !mayIgnore) {
                throw new FormatException(
                    file,
                    fieldOf(each.getKey())
                        + " is not known and must be understood; known are "
                        + known.stream().sorted().toList());
              }
            });
  }

  /** Refuses fields that are not known. */
  public void requireOnly(Collection<String> known) {
    requireObject();
    List<String> others = new ArrayList<>();
    node.fieldNames().forEachRemaining(others::add);
    others.removeAll(known);
    if (!others.isEmpty()) {
      throw new FormatException(
          file,
          "%s has %s, which is not known; known are %s"
              .formatted(
                  field.isEmpty() ? "it" : field,
                  String.join(", ", others),
                  known.isEmpty() ? "none" : String.join(", ", known)));
    }
  }

  public void requireObject() {
    if (!node.isObject()) {
      throw problem("must be an object");
    }
  }

  /** "Cannot read …: {@code axes[0].name must be …, got …}". */
  public FormatException problem(String expected) {
    return new FormatException(file, field + " " + expected + ", got " + quote());
  }

  private String fieldOf(String name) {
    return field.isEmpty() ? name : field + "." + name;
  }

  /** The value for a message, cut where it is long. */
  public String quote() {
    String text = node.isMissingNode() ? "nothing" : node.toString();
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
