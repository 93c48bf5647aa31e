// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ngffspark.zarr.json.JsonView;

/**
 * A scale, then a translation, per axis in the order on disk. What {@code identity}, {@code scale},
 * {@code translation} and a {@code sequence} of these come to.
 */
record Transformation(List<Double> scale, List<Double> translation) {
  static final String TYPE = "type";
  static final String SCALE = "scale";
  static final String TRANSLATION = "translation";
  private static final String IDENTITY = "identity";
  static final String SEQUENCE = "sequence";
  static final String TRANSFORMATIONS = "transformations";

  static Transformation identity(int rank) {
    return new Transformation(Collections.nCopies(rank, 1.0), Collections.nCopies(rank, 0.0));
  }

  /** This one first, then {@code other}. */
  Transformation then(Transformation other) {
    List<Double> scales = new ArrayList<>();
    List<Double> translations = new ArrayList<>();
    for (int axis = 0; axis < scale.size(); axis++) {
      scales.add(scale.get(axis) * other.scale.get(axis));
      translations.add(translation.get(axis) * other.scale.get(axis) + other.translation.get(axis));
    }
    return new Transformation(scales, translations);
  }

  /** All steps of a list, one after the other; none leave everything as it is. */
  static Transformation ofSteps(JsonView list, int rank) {
    Transformation all = identity(rank);
    for (JsonView step : list.elements()) {
      all = all.then(of(step, rank));
    }
    return all;
  }

  static Transformation of(JsonView step, int rank) {
    JsonView type = step.require(TYPE);
    return switch (type.text()) {
      case IDENTITY -> identity(rank);
      case SCALE -> new Transformation(scale(step, rank), identity(rank).translation);
      case TRANSLATION ->
          new Transformation(identity(rank).scale, numbers(step.require(TRANSLATION), rank));
      case SEQUENCE -> ofSteps(step.require(TRANSFORMATIONS), rank);
      default -> throw type.problem("must be identity, scale, translation, or a sequence of these");
    };
  }

  /** Whether the step leaves everything as it is. */
  static boolean isIdentity(JsonView step) {
    return step.node().path(TYPE).asText().equals(IDENTITY);
  }

  private static List<Double> scale(JsonView step, int rank) {
    JsonView view = step.require(SCALE);
    List<Double> scale = numbers(view, rank);
    if (!scale.stream().allMatch(value -> value > 0)) {
      throw view.problem("must be above 0");
    }
    return scale;
  }

  private static List<Double> numbers(JsonView view, int rank) {
    List<JsonView> elements = view.elements();
    if (elements.size() != rank) {
      throw view.problem("must have a number for each of the " + rank + " axes");
    }
    return elements.stream().map(JsonView::finite).toList();
  }
}
