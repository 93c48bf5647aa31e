// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.n5;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Parts of {@code multiscales} as OME-NGFF 0.4 writes them. */
final class LevelJson {
  private static final Map<String, String> UNITS =
      Map.of(
          "nm", "nanometer",
          "um", "micrometer",
          "µm", "micrometer",
          "micron", "micrometer",
          "mm", "millimeter",
          "s", "second",
          "ms", "millisecond");

  private LevelJson() {}

  /**
   * An axis.
   *
   * @param unit as N5's programs write it; {@code ""} and {@code pixel} for none
   */
  static ObjectNode axis(String name, String unit) {
    ObjectNode axis = JsonNodeFactory.instance.objectNode().put("name", name);
    axis.put("type", name.equals("c") ? "channel" : name.equals("t") ? "time" : "space");
    boolean known = !unit.isEmpty() && !unit.startsWith("pixel") && !unit.equals("px");
    return known && !name.equals("c") ? axis.put("unit", UNITS.getOrDefault(unit, unit)) : axis;
  }

  /** The short form of a unit, as N5's programs write it. */
  static String shortUnit(String unit) {
    return switch (unit) {
      case "" -> "pixel";
      case "nanometer" -> "nm";
      case "micrometer" -> "um";
      case "millimeter" -> "mm";
      case "second" -> "s";
      case "millisecond" -> "ms";
      default -> unit;
    };
  }

  /** The transformations of a level, axes as in the array. */
  static ArrayNode transformations(List<Double> scale, List<Double> translation) {
    ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    put(steps, "scale", scale);
    if (translation.stream().anyMatch(value -> value != 0)) {
      put(steps, "translation", translation);
    }
    return steps;
  }

  private static void put(ArrayNode steps, String type, List<Double> values) {
    ArrayNode numbers = steps.addObject().put("type", type).putArray(type);
    values.forEach(numbers::add);
  }
}
