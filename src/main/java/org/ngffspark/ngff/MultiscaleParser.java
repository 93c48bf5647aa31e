// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.Axis;
import org.ngffspark.roi.AxisType;

/** The {@code multiscales} field, read and written. */
final class MultiscaleParser {
  private static final String AXES = "axes";
  private static final String NAME = "name";
  private static final String TYPE = "type";
  private static final String UNIT = "unit";
  private static final String DATASETS = "datasets";
  private static final String PATH = "path";
  private static final String TRANSFORMATIONS = "coordinateTransformations";
  private static final String SCALE = "scale";
  private static final String TRANSLATION = "translation";

  private MultiscaleParser() {}

  /** Scale and translation of one list of transformations, per axis. */
  private record Transformation(List<Double> scale, List<Double> translation) {

    static Transformation identity(int rank) {
      return new Transformation(Collections.nCopies(rank, 1.0), Collections.nCopies(rank, 0.0));
    }

    /** This one first, then {@code other}. */
    Transformation then(Transformation other) {
      List<Double> scales = new ArrayList<>();
      List<Double> translations = new ArrayList<>();
      for (int axis = 0; axis < scale.size(); axis++) {
        scales.add(scale.get(axis) * other.scale.get(axis));
        translations.add(
            translation.get(axis) * other.scale.get(axis) + other.translation.get(axis));
      }
      return new Transformation(scales, translations);
    }
  }

  static Axes axes(JsonView multiscale) {
    JsonView view = multiscale.require(AXES);
    List<Axis> axes = new ArrayList<>();
    for (JsonView axis : view.elements()) {
      axes.add(axis(axis));
    }
    try {
      return new Axes(axes);
    } catch (IllegalArgumentException wrong) {
      throw view.problem("are not supported: " + wrong.getMessage());
    }
  }

  private static Axis axis(JsonView view) {
    JsonView name = view.require(NAME);
    Axis axis;
    try {
      axis = Axis.of(name.text());
    } catch (IllegalArgumentException unknown) {
      throw name.problem("must be one of t, c, z, y, x");
    }
    view.find(TYPE)
        .filter(type -> !type.text().equals(axis.type().ngffName()))
        .ifPresent(
            type -> {
              throw type.problem("must be '" + axis.type() + "' for axis " + axis.name());
            });
    return new Axis(axis.name(), axis.type(), view.find(UNIT).map(JsonView::text));
  }

  static List<Dataset> datasets(JsonView multiscale, int rank) {
    Optional<Transformation> outer =
        multiscale.find(TRANSFORMATIONS).map(view -> transformation(view, rank));
    List<Dataset> datasets = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    for (JsonView view : multiscale.require(DATASETS).someElements()) {
      Dataset dataset = dataset(view, outer.orElse(Transformation.identity(rank)), rank);
      if (!paths.add(dataset.path())) {
        throw view.require(PATH).problem("must be another path than the levels before");
      }
      if (!datasets.isEmpty() && isFiner(dataset, datasets.get(datasets.size() - 1))) {
        throw view.problem("must not have a smaller scale than the level before it");
      }
      datasets.add(dataset);
    }
    return datasets;
  }

  private static Dataset dataset(JsonView view, Transformation outer, int rank) {
    Transformation own = transformation(view.require(TRANSFORMATIONS), rank);
    Transformation both = own.then(outer);
    try {
      return new Dataset(NodeName.path(view.require(PATH)), both.scale, both.translation);
    } catch (IllegalArgumentException overflow) {
      throw view.problem("has transformations out of range: " + overflow.getMessage());
    }
  }

  private static boolean isFiner(Dataset dataset, Dataset before) {
    for (int axis = 0; axis < dataset.scale().size(); axis++) {
      if (dataset.scale().get(axis) < before.scale().get(axis)) {
        return true;
      }
    }
    return false;
  }

  private static Transformation transformation(JsonView list, int rank) {
    List<JsonView> steps = list.elements();
    if (steps.isEmpty()
        || steps.size() > 2
        || !isType(steps.get(0), SCALE)
        || (steps.size() == 2 && !isType(steps.get(1), TRANSLATION))) {
      throw list.problem("must be one scale and at most one translation after it");
    }
    List<Double> scale = numbers(steps.get(0), SCALE, rank);
    if (!scale.stream().allMatch(value -> value > 0)) {
      throw steps.get(0).require(SCALE).problem("must be above 0");
    }
    return new Transformation(
        scale,
        steps.size() == 1
            ? Collections.nCopies(rank, 0.0)
            : numbers(steps.get(1), TRANSLATION, rank));
  }

  private static boolean isType(JsonView step, String type) {
    return step.require(TYPE).text().equals(type);
  }

  private static List<Double> numbers(JsonView step, String field, int rank) {
    JsonView view = step.require(field);
    List<JsonView> elements = view.elements();
    if (elements.size() != rank) {
      throw view.problem("must have a number for each of the " + rank + " axes");
    }
    return elements.stream().map(JsonView::finite).toList();
  }

  static ArrayNode axesJson(Axes axes) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Axis axis : axes.axes()) {
      ObjectNode node = json.addObject().put(NAME, axis.name()).put(TYPE, axis.type().ngffName());
      axis.unit()
          .filter(unit -> axis.type() != AxisType.CHANNEL)
          .ifPresent(unit -> node.put(UNIT, unit));
    }
    return json;
  }

  /** The datasets as they are written into a multiscale without transformations of its own. */
  static ArrayNode datasetsJson(List<Dataset> datasets) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Dataset dataset : datasets) {
      ObjectNode node = json.addObject().put(PATH, dataset.path());
      ArrayNode steps = node.putArray(TRANSFORMATIONS);
      put(steps, SCALE, dataset.scale());
      if (dataset.isTranslated()) {
        put(steps, TRANSLATION, dataset.translation());
      }
    }
    return json;
  }

  private static void put(ArrayNode steps, String type, List<Double> values) {
    ArrayNode numbers = steps.addObject().put(TYPE, type).putArray(type);
    values.forEach(numbers::add);
  }

  /**
   * Puts other levels into a multiscale. What it says about levels that stay as they were is kept;
   * its own transformations are worked into the levels when some level is new.
   */
  static void replaceDatasets(JsonView multiscale, List<Dataset> before, List<Dataset> after) {
    ObjectNode node = (ObjectNode) multiscale.node();
    ArrayNode old = (ArrayNode) node.get(DATASETS);
    ArrayNode json = datasetsJson(after);
    boolean moved = node.has(TRANSFORMATIONS) && !before.containsAll(after);
    if (moved) {
      node.remove(TRANSFORMATIONS);
    }
    for (int level = 0; level < after.size(); level++) {
      int from = before.indexOf(after.get(level));
      if (from >= 0) {
        ObjectNode kept = old.get(from).deepCopy();
        if (moved) {
          kept.set(TRANSFORMATIONS, json.get(level).get(TRANSFORMATIONS));
        }
        json.set(level, kept);
      }
    }
    node.set(DATASETS, json);
  }
}
