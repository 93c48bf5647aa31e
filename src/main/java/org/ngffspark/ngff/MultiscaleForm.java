// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.json.Problems;

/**
 * Where an entry of {@code multiscales} has its axes, and how it says what its levels' pixels are.
 */
sealed interface MultiscaleForm permits PlainAxes, CoordinateSystems {
  String TRANSFORMATIONS = "coordinateTransformations";
  String PATH = "path";
  String AXES = "axes";

  /** The form that an entry has, whatever its version. */
  static MultiscaleForm of(JsonView multiscale) {
    return multiscale.node().has(CoordinateSystems.COORDINATE_SYSTEMS)
        ? CoordinateSystems.of(multiscale)
        : new PlainAxes();
  }

  /** The form that a version asks for. */
  static MultiscaleForm of(NgffVersion version) {
    return version == NgffVersion.V0_6 ? CoordinateSystems.create() : new PlainAxes();
  }

  /** The list of axes. */
  JsonView axes(JsonView multiscale);

  /** What a level's pixels are in the world, without what holds for all levels. */
  Transformation level(JsonView dataset, int rank, Problems problems);

  /** What holds for all levels. */
  Transformation allLevels(JsonView multiscale, int rank, Problems problems);

  void putAxes(ObjectNode multiscale, ArrayNode axes);

  /**
   * Takes what holds for all levels out of an entry; what is kept, but not applied, stays.
   *
   * @return whether there was something
   */
  boolean removeAllLevels(ObjectNode multiscale);

  /** The coordinate system that a step leads to, if it is not the image's own. */
  Optional<String> elsewhere(JsonNode step);

  /** Whether a coordinate system is the image's own. */
  boolean isOwn(String coordinateSystem);

  /** Says in a level's entry what its pixels are in the world; what leads elsewhere stays. */
  void putLevel(ObjectNode entry, Dataset dataset);

  /** The transformations of a level, as they are written. */
  ArrayNode transformations(Dataset dataset);

  /** A scale, and a translation where there is one. */
  static void putSteps(ArrayNode steps, Dataset dataset) {
    put(steps.addObject(), Transformation.SCALE, dataset.scale());
    if (dataset.isTranslated()) {
      put(steps.addObject(), Transformation.TRANSLATION, dataset.translation());
    }
  }

  static void put(ObjectNode step, String type, List<Double> values) {
    ArrayNode numbers = step.put(Transformation.TYPE, type).putArray(type);
    values.forEach(numbers::add);
  }
}
