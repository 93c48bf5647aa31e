// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.n5;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.store.StorePath;

/**
 * A data set that is an image by itself. What it is stands in its own attributes: a {@code
 * transform} as in COSEM, or {@code axes} with {@code units} and {@code resolution} of each as
 * TensorStore writes them, or with the {@code pixelResolution} of N5 viewer, from x on.
 */
final class DataSetLevel {
  private static final String FILE = "attributes.json";
  private static final String TRANSFORM = "transform";
  private static final String AXES = "axes";
  private static final String UNITS = "units";
  private static final String RESOLUTION = "resolution";
  private static final String PIXEL_RESOLUTION = "pixelResolution";
  private static final List<String> SPACE = List.of("x", "y", "z");

  private final JsonView attributes;
  private final List<String> axes;

  private DataSetLevel(JsonView attributes) {
    this.attributes = attributes;
    this.axes =
        attributes.require(AXES).someElements().stream()
            .map(name -> name.text().toLowerCase(Locale.ROOT))
            .toList();
  }

  /** Empty if the attributes tell no axes. */
  static Optional<ObjectNode> ome(StorePath dataSet, ObjectNode attributes) {
    JsonView view = new JsonView(dataSet.child(FILE).toString(), "", attributes);
    if (!attributes.has(TRANSFORM) && !attributes.has(AXES)) {
      return Optional.empty();
    }
    ObjectNode ome = attributes.deepCopy();
    ObjectNode entry = ome.putArray(N5Image.MULTISCALES).addObject().put("version", "0.4");
    ObjectNode level = entry.putArray("datasets").addObject().put("path", "");
    level.set(
        TRANSFORM,
        attributes.has(TRANSFORM)
            ? attributes.get(TRANSFORM).deepCopy()
            : new DataSetLevel(view).transform());
    return Optional.of(CosemLevels.ome(dataSet, ome));
  }

  private ObjectNode transform() {
    ObjectNode transform = Json.object();
    axes.forEach(transform.putArray(AXES)::add);
    ArrayNode scale = transform.putArray("scale");
    ArrayNode units = transform.putArray(UNITS);
    for (int axis = 0; axis < axes.size(); axis++) {
      scale.add(size(axis));
      units.add(unit(axis));
    }
    return transform;
  }

  private double size(int axis) {
    Optional<JsonView> ofEach = ofEachAxis(RESOLUTION);
    if (ofEach.isPresent()) {
      return number(ofEach.get(), axis);
    }
    int place = SPACE.indexOf(axes.get(axis));
    return sizes().filter(found -> place >= 0).map(list -> number(list, place)).orElse(1.0);
  }

  /** The list that TensorStore writes: one element for each axis. */
  private Optional<JsonView> ofEachAxis(String name) {
    return attributes
        .find(name)
        .filter(list -> attributes.node().has(UNITS) && list.node().size() == axes.size());
  }

  /** The sizes that N5 viewer writes: from x on. */
  private Optional<JsonView> sizes() {
    return Stream.of(PIXEL_RESOLUTION, RESOLUTION)
        .flatMap(name -> attributes.find(name).stream())
        .findFirst()
        .map(found -> found.node().isObject() ? found.require("dimensions") : found);
  }

  /** 1 where the list is shorter, or has {@code null} for an axis without a size. */
  private static double number(JsonView list, int place) {
    JsonNode value = list.node().path(place);
    return value.isMissingNode() || value.isNull() ? 1 : list.elements().get(place).finite();
  }

  private String unit(int axis) {
    Optional<JsonView> ofEach = ofEachAxis(UNITS);
    if (ofEach.isPresent()) {
      return ofEach.get().elements().get(axis).text();
    }
    return SPACE.contains(axes.get(axis))
        ? attributes.find(PIXEL_RESOLUTION).map(ViewerLevels::unitOf).orElse("")
        : "";
  }

  /** Whether the only level of an image is the group itself. */
  static boolean isIn(JsonNode multiscale) {
    return multiscale.path("datasets").path(0).path("path").asText("none").isEmpty();
  }

  /**
   * @param group as {@link ToolAttributes} have made them for a group
   */
  static ObjectNode attributes(ObjectNode group) {
    ObjectNode attributes = group.deepCopy();
    JsonNode level = attributes.remove(N5Image.MULTISCALES).path(0).path("datasets").path(0);
    attributes.remove(List.of("scales", UNITS, RESOLUTION));
    JsonNode transform = level.path(TRANSFORM);
    attributes.set(TRANSFORM, transform);
    ArrayNode axes = attributes.putArray(AXES);
    for (int axis = transform.path(AXES).size() - 1; axis >= 0; axis--) {
      axes.add(transform.path(AXES).get(axis));
    }
    return attributes;
  }
}
