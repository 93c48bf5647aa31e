// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.n5;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.store.StorePath;

/**
 * {@code multiscales} whose levels have a {@code transform} with axes by name, scale, translation
 * and units, in the group's attributes or in the level's own (<a
 * href="https://github.com/janelia-cosem/schemas">schemas of COSEM</a>).
 */
final class CosemLevels {
  private static final String DATASETS = "datasets";
  private static final String FILE = "attributes.json";
  private static final String TRANSFORM = "transform";
  private static final String UNITS = "units";

  private CosemLevels() {}

  static ObjectNode ome(StorePath group, ObjectNode attributes) {
    ObjectNode ome = attributes.deepCopy();
    ObjectNode entry = (ObjectNode) ome.get(N5Image.MULTISCALES).get(0);
    JsonView view = new JsonView(group.child(FILE).toString(), "multiscales[0]", entry);
    List<JsonView> datasets = view.require(DATASETS).someElements();
    entry.set("axes", axes(transform(group, datasets.get(0))));
    for (JsonView dataset : datasets) {
      JsonView transform = transform(group, dataset);
      int rank = transform.require("axes").someElements().size();
      ((ObjectNode) dataset.node())
          .set(
              N5Image.TRANSFORMATIONS,
              LevelJson.transformations(
                  numbers(transform.require("scale"), transform),
                  transform
                      .find("translate")
                      .map(values -> numbers(values, transform))
                      .orElseGet(() -> Collections.nCopies(rank, 0.0))));
    }
    return ome;
  }

  private static JsonView transform(StorePath group, JsonView dataset) {
    Optional<JsonView> here = dataset.find(TRANSFORM);
    if (here.isPresent()) {
      return here.get();
    }
    StorePath file = group.resolve(dataset.require("path").text()).child(FILE);
    ObjectNode content = Json.read(file).orElseGet(Json::object);
    return new JsonView(file.toString(), "", content).require(TRANSFORM);
  }

  private static ArrayNode axes(JsonView transform) {
    List<JsonView> names = ordered(transform.require("axes"), transform);
    Optional<List<JsonView>> units = transform.find(UNITS).map(list -> ordered(list, transform));
    ArrayNode axes = Json.object().putArray("axes");
    for (int axis = 0; axis < names.size(); axis++) {
      int index = axis;
      String unit = units.map(list -> list.get(index).text()).orElse("");
      axes.add(LevelJson.axis(names.get(axis).text().toLowerCase(Locale.ROOT), unit));
    }
    return axes;
  }

  private static List<Double> numbers(JsonView list, JsonView transform) {
    return ordered(list, transform).stream().map(JsonView::finite).toList();
  }

  /** The elements from the slowest axis to the fastest, which is x. */
  private static List<JsonView> ordered(JsonView list, JsonView transform) {
    List<JsonView> axes = transform.require("axes").someElements();
    List<JsonView> elements = new ArrayList<>(list.elements());
    if (elements.size() != axes.size()) {
      throw list.problem("must have a value for each of " + axes.size() + " axes");
    }
    if (axes.get(0).text().equalsIgnoreCase("x")) {
      Collections.reverse(elements);
    }
    return elements;
  }
}
