// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.n5;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is written beside metadata of OME-NGFF for programs that do not read these: {@code
 * transform} of each level, axes from the slowest on; {@code scales} and {@code pixelResolution},
 * axes from x on.
 */
final class ToolAttributes {
  private final JsonNode axes;
  private final JsonNode datasets;

  private ToolAttributes(ObjectNode entry) {
    this.axes = entry.path("axes");
    this.datasets = entry.path("datasets");
  }

  /**
   * @param entry the first of {@code multiscales} in the attributes
   */
  static void add(ObjectNode attributes, ObjectNode entry) {
    ToolAttributes tools = new ToolAttributes(entry);
    for (JsonNode dataset : tools.datasets) {
      tools.putTransform((ObjectNode) dataset);
    }
    tools.putScales(attributes.putArray("scales"));
    tools.putResolution(attributes.putObject("pixelResolution"));
  }

  private void putTransform(ObjectNode dataset) {
    ObjectNode transform = dataset.putObject("transform").put("ordering", "C");
    ArrayNode names = transform.putArray("axes");
    ArrayNode units = transform.putArray("units");
    ArrayNode scale = transform.putArray("scale");
    ArrayNode translate = transform.putArray("translate");
    for (int axis = 0; axis < axes.size(); axis++) {
      names.add(name(axis));
      units.add(unit(axis));
      scale.add(number(dataset, "scale", axis, 1));
      translate.add(number(dataset, "translation", axis, 0));
    }
  }

  private void putScales(ArrayNode scales) {
    for (JsonNode dataset : datasets) {
      ArrayNode factors = scales.addArray();
      for (int axis = axes.size() - 1; axis >= 0; axis--) {
        if (isSpace(axis)) {
          double finest = number(datasets.get(0), "scale", axis, 1);
          factors.add(number(dataset, "scale", axis, 1) / finest);
        }
      }
    }
  }

  private void putResolution(ObjectNode resolution) {
    resolution.put("unit", unit(axes.size() - 1));
    ArrayNode dimensions = resolution.putArray("dimensions");
    for (int axis = axes.size() - 1; axis >= 0; axis--) {
      if (isSpace(axis)) {
        dimensions.add(number(datasets.get(0), "scale", axis, 1));
      }
    }
  }

  private boolean isSpace(int axis) {
    return "xyz".contains(name(axis));
  }

  private String name(int axis) {
    JsonNode node = axes.get(axis);
    return node.isTextual() ? node.textValue() : node.path("name").asText();
  }

  private String unit(int axis) {
    return LevelJson.shortUnit(axes.get(axis).path("unit").asText(""));
  }

  private static double number(JsonNode dataset, String type, int axis, double otherwise) {
    for (JsonNode step : dataset.path(N5Image.TRANSFORMATIONS)) {
      if (step.path("type").asText().equals(type)) {
        return step.path(type).path(axis).asDouble(otherwise);
      }
    }
    return otherwise;
  }
}
