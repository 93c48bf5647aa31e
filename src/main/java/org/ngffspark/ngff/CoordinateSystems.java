// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.json.Problems;

/**
 * As in NGFF 0.6: every level has a transformation to the image's own coordinate system, which has
 * the axes. Transformations to other coordinate systems are kept, but not applied.
 *
 * @param own name of the image's own coordinate system: that which the first level leads to
 */
record CoordinateSystems(String own) implements MultiscaleForm {
  static final String COORDINATE_SYSTEMS = "coordinateSystems";
  private static final String DATASETS = "datasets";
  private static final String NAME = "name";
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";

  /** What ome-zarr-py calls it. */
  private static final String NEW = "physical";

  static CoordinateSystems create() {
    return new CoordinateSystems(NEW);
  }

  static CoordinateSystems of(JsonView multiscale) {
    JsonView first = multiscale.require(COORDINATE_SYSTEMS).someElements().get(0);
    return multiscale.require(DATASETS).someElements().get(0).find(TRANSFORMATIONS).stream()
        .flatMap(list -> list.elements().stream())
        .flatMap(step -> output(step.node()).stream())
        .findFirst()
        .map(CoordinateSystems::new)
        .orElseGet(() -> new CoordinateSystems(first.require(NAME).text()));
  }

  /** Where a step leads; before the release of 0.6 a name alone was written. */
  private static Optional<String> output(JsonNode step) {
    JsonNode output = step.path(OUTPUT);
    JsonNode name = output.isTextual() ? output : output.path(NAME);
    return name.isTextual() ? Optional.of(name.textValue()) : Optional.empty();
  }

  /** Lets a step of a level begin at the level's new name, if it begins at the old one. */
  static void renameInput(ObjectNode step, String before, String name) {
    JsonNode input = step.path(INPUT);
    JsonNode old = TextNode.valueOf(before);
    if (input instanceof ObjectNode level && old.equals(level.get(PATH))) {
      level.put(PATH, name);
    } else if (old.equals(input)) {
      step.put(INPUT, name);
    }
  }

  @Override
  public JsonView axes(JsonView multiscale) {
    JsonView systems = multiscale.require(COORDINATE_SYSTEMS);
    return systems.elements().stream()
        .filter(system -> system.require(NAME).text().equals(own))
        .findFirst()
        .orElseThrow(
            () -> systems.problem("must hold '" + own + "', which the first level leads to"))
        .require(AXES);
  }

  @Override
  public Optional<String> elsewhere(JsonNode step) {
    return output(step).filter(name -> !isOwn(name));
  }

  @Override
  public boolean isOwn(String coordinateSystem) {
    return coordinateSystem.equals(own);
  }

  @Override
  public Transformation level(JsonView dataset, int rank, Problems problems) {
    JsonView steps = dataset.require(TRANSFORMATIONS);
    List<JsonView> leading =
        steps.elements().stream().filter(step -> elsewhere(step.node()).isEmpty()).toList();
    if (leading.size() != 1) {
      throw steps.problem("must hold one that leads to '" + own + "'");
    }
    return Transformation.of(leading.get(0), rank);
  }

  /** Nothing holds for all: what stands beside the levels leads to other coordinate systems. */
  @Override
  public Transformation allLevels(JsonView multiscale, int rank, Problems problems) {
    return Transformation.identity(rank);
  }

  @Override
  public void putAxes(ObjectNode multiscale, ArrayNode axes) {
    multiscale.putArray(COORDINATE_SYSTEMS).addObject().put(NAME, own).set(AXES, axes);
  }

  @Override
  public boolean removeAllLevels(ObjectNode multiscale) {
    return false;
  }

  @Override
  public void putLevel(ObjectNode entry, Dataset dataset) {
    ArrayNode steps = transformations(dataset);
    for (JsonNode step : entry.path(TRANSFORMATIONS)) {
      if (elsewhere(step).isPresent()) {
        steps.add(step);
      }
    }
    entry.set(TRANSFORMATIONS, steps);
  }

  @Override
  public ArrayNode transformations(Dataset dataset) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    ObjectNode step = json.addObject();
    if (dataset.isTranslated()) {
      step.put(Transformation.TYPE, Transformation.SEQUENCE);
      MultiscaleForm.putSteps(step.putArray(Transformation.TRANSFORMATIONS), dataset);
    } else {
      MultiscaleForm.put(step, Transformation.SCALE, dataset.scale());
    }
    step.putObject(INPUT).put(PATH, dataset.path());
    step.putObject(OUTPUT).put(NAME, own);
    return json;
  }
}
