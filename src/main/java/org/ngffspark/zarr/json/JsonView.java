// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private JsonView at(String name) {
    return new JsonView(file, fieldOf(name), node.path(name));
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
