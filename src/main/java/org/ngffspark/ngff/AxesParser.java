// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.Axis;
import org.ngffspark.roi.AxisType;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.json.Problems;

/** The {@code axes} of an image, read and written. */
final class AxesParser {
  private static final String NAME = "name";
  private static final String TYPE = "type";
  private static final String UNIT = "unit";

  private AxesParser() {}

  static Axes parse(JsonView view, Problems problems) {
    List<Axis> axes = new ArrayList<>();
    for (JsonView axis : view.elements()) {
      axes.add(axis(axis, problems));
    }
    try {
      return new Axes(axes);
    } catch (IllegalArgumentException wrong) {
      throw view.problem("are not supported: " + wrong.getMessage());
    }
  }

  /** Some programs name axes by capital letters; NGFF 0.3 gives nothing but their names. */
  private static Axis axis(JsonView view, Problems problems) {
    JsonView name = view.node().isTextual() ? view : view.require(NAME);
    Axis axis;
    try {
      axis = Axis.of(name.text().toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw name.problem("must be one of t, c, z, y, x");
    }
    if (view.node().isTextual()) {
      return axis;
    }
    view.find(TYPE)
        .filter(type -> !type.text().equals(axis.type().ngffName()))
        .ifPresent(
            type -> {
              throw type.problem("must be '" + axis.type() + "' for axis " + axis.name());
            });
    Optional<String> unit =
        view.find(UNIT).flatMap(found -> problems.member(found, JsonView::text, "it is left out"));
    return unit.isPresent() ? Axis.of(axis.name().ngffName(), unit.get()) : axis;
  }

  static ArrayNode toJson(Axes axes) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Axis axis : axes.axes()) {
      ObjectNode node =
          json.addObject().put(NAME, axis.name().ngffName()).put(TYPE, axis.type().ngffName());
      axis.unit()
          .filter(unit -> axis.type() != AxisType.CHANNEL)
          .ifPresent(unit -> node.put(UNIT, unit));
    }
    return json;
  }
}
