// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.json.Problems;

/**
 * An entry of {@code multiscales} whose axes go into a coordinate system, as NGFF 0.6 has them, or
 * come out of one. Unknown fields of the entry, its axes and its levels stay.
 *
 * @param view the entry, which is changed
 * @param format of the arrays
 */
record FormChange(JsonView view, ZarrFormat format, MultiscaleForm from, MultiscaleForm to) {

  /** To the form of a version. */
  static FormChange of(JsonView view, ZarrFormat format, NgffVersion version) {
    return new FormChange(view, format, MultiscaleForm.of(view), MultiscaleForm.of(version));
  }

  private boolean isNone() {
    return from.getClass() == to.getClass();
  }

  /** Changes the entry; what {@link #lost} names goes. */
  void apply() {
    if (isNone()) {
      return;
    }
    Multiscale before = MultiscaleParser.parse(view, format, new Problems());
    ArrayNode axes = axes(before);
    ObjectNode entry = (ObjectNode) view.node();
    entry.remove(
        List.of(
            MultiscaleForm.AXES,
            CoordinateSystems.COORDINATE_SYSTEMS,
            MultiscaleForm.TRANSFORMATIONS));
    to.putAxes(entry, axes);
    ArrayNode datasets = (ArrayNode) entry.get(MultiscaleParser.DATASETS);
    while (datasets.size() > before.datasets().size()) {
      datasets.remove(datasets.size() - 1);
    }
    for (int level = 0; level < datasets.size(); level++) {
      ObjectNode dataset = (ObjectNode) datasets.get(level);
      dataset.remove(MultiscaleForm.TRANSFORMATIONS);
      to.putLevel(dataset, before.datasets().get(level));
    }
  }

  private ArrayNode axes(Multiscale before) {
    JsonNode axes = from.axes(view).node();
    return axes.path(0).isObject() ? axes.deepCopy() : AxesParser.toJson(before.axes());
  }

  /** What has no counterpart in the other form; none if it stays the same. */
  List<String> lost() {
    if (isNone()) {
      return List.of();
    }
    List<String> lost = new ArrayList<>();
    for (JsonView system : elements(view, CoordinateSystems.COORDINATE_SYSTEMS)) {
      String name = system.require("name").text();
      if (!from.isOwn(name)) {
        lost.add("coordinate system '" + name + "'");
      }
    }
    List<JsonView> holders = new ArrayList<>(elements(view, MultiscaleParser.DATASETS));
    holders.add(view);
    holders.stream()
        .flatMap(holder -> elements(holder, MultiscaleForm.TRANSFORMATIONS).stream())
        .flatMap(step -> from.elsewhere(step.node()).stream())
        .distinct()
        .forEach(name -> lost.add("the transformation to '" + name + "'"));
    return lost;
  }

  private static List<JsonView> elements(JsonView view, String name) {
    return view.find(name).map(JsonView::elements).stream().flatMap(List::stream).toList();
  }
}
