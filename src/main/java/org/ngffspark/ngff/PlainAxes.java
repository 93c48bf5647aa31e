// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Optional;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.json.Problems;
import org.ngffspark.zarr.store.FormatException;

/** As in NGFF 0.4 and 0.5: one list of axes, and steps that are applied one after the other. */
record PlainAxes() implements MultiscaleForm {
  /** By which SpatialData's transformations tell to which coordinate system they lead. */
  private static final String OUTPUT = "output";

  @Override
  public JsonView axes(JsonView multiscale) {
    return multiscale
        .find(AXES)
        .orElseThrow(
            () ->
                new FormatException(
                    multiscale.file(),
                    multiscale.field()
                        + " has no axes, so it is older than the NGFF 0.4 that is"
                        + " supported"));
  }

  @Override
  public Transformation level(JsonView dataset, int rank, Problems problems) {
    Optional<JsonView> steps = dataset.find(TRANSFORMATIONS);
    if (steps.isEmpty() || steps.get().elements().isEmpty()) {
      problems.add(dataset, "has no scale; a pixel counts as 1 on every axis");
      return Transformation.identity(rank);
    }
    return Transformation.ofSteps(steps.get(), rank);
  }

  @Override
  public Transformation allLevels(JsonView multiscale, int rank, Problems problems) {
    Transformation all = Transformation.identity(rank);
    Optional<JsonView> steps = multiscale.find(TRANSFORMATIONS);
    if (steps.isPresent()) {
      for (JsonView step : steps.get().elements()) {
        if (!leadsElsewhere(step.node())) {
          all = all.then(Transformation.of(step, rank));
        } else if (!Transformation.isIdentity(step)) {
          problems.add(step, "leads to another coordinate system; it is kept, but not applied");
        }
      }
    }
    return all;
  }

  private static boolean leadsElsewhere(JsonNode step) {
    return step.has(OUTPUT);
  }

  @Override
  public Optional<String> elsewhere(JsonNode step) {
    JsonNode output = step.path(OUTPUT);
    String name = output.path("name").asText(output.asText());
    return leadsElsewhere(step) ? Optional.of(name) : Optional.empty();
  }

  @Override
  public boolean isOwn(String coordinateSystem) {
    return false;
  }

  @Override
  public void putAxes(ObjectNode multiscale, ArrayNode axes) {
    multiscale.set(AXES, axes);
  }

  @Override
  public boolean removeAllLevels(ObjectNode multiscale) {
    JsonNode steps = multiscale.path(TRANSFORMATIONS);
    int before = steps.size();
    for (Iterator<JsonNode> each = steps.iterator(); each.hasNext(); ) {
      if (!leadsElsewhere(each.next())) {
        each.remove();
      }
    }
    if (steps.isEmpty()) {
      multiscale.remove(TRANSFORMATIONS);
    }
    return steps.size() < before;
  }

  @Override
  public void putLevel(ObjectNode entry, Dataset dataset) {
    entry.set(TRANSFORMATIONS, transformations(dataset));
  }

  @Override
  public ArrayNode transformations(Dataset dataset) {
    ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    MultiscaleForm.putSteps(steps, dataset);
    return steps;
  }
}
