// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.json.Problems;

/** An entry of the field {@code multiscales}, read and written. */
final class MultiscaleParser {
  static final String DATASETS = "datasets";

  private final MultiscaleForm form;
  private final Axes axes;
  private final Transformation allLevels;
  private final ZarrFormat format;
  private final Problems problems;
  private final List<Dataset> datasets = new ArrayList<>();

  private MultiscaleParser(JsonView multiscale, ZarrFormat format, Problems problems) {
    this.format = format;
    this.form = MultiscaleForm.of(multiscale);
    this.axes = AxesParser.parse(form.axes(multiscale), problems);
    this.allLevels = form.allLevels(multiscale, axes.rank(), problems);
    this.problems = problems;
  }

  /**
   * @param format of the arrays
   * @param problems takes what is wrong with levels after the first
   */
  static Multiscale parse(JsonView multiscale, ZarrFormat format, Problems problems) {
    MultiscaleParser parser = new MultiscaleParser(multiscale, format, problems);
    List<JsonView> levels = multiscale.require(DATASETS).someElements();
    parser.datasets.add(parser.dataset(levels.get(0)));
    for (JsonView level : levels.subList(1, levels.size())) {
      Optional<Dataset> next =
          problems.member(level, parser::next, "neither it nor a level after it can be used");
      if (next.isEmpty()) {
        break;
      }
      parser.datasets.add(next.get());
    }
    return new Multiscale(parser.form, parser.axes, parser.datasets, levels.size());
  }

  private Dataset next(JsonView view) {
    Dataset dataset = dataset(view);
    if (datasets.stream().anyMatch(before -> before.path().equals(dataset.path()))) {
      throw view.require(MultiscaleForm.PATH)
          .problem("must be another path than the levels before");
    }
    if (isFiner(dataset, datasets.get(datasets.size() - 1))) {
      throw view.problem("must not have a smaller scale than the level before it");
    }
    return dataset;
  }

  private Dataset dataset(JsonView view) {
    Transformation all = form.level(view, axes.rank(), problems).then(allLevels);
    try {
      return new Dataset(path(view.require(MultiscaleForm.PATH)), all.scale(), all.translation());
    } catch (IllegalArgumentException overflow) {
      throw view.problem("has transformations out of range: " + overflow.getMessage());
    }
  }

  /** A data set of N5 may be an image by itself, where a group of Zarr is no array. */
  private String path(JsonView view) {
    return format == ZarrFormat.N5 && view.text().isEmpty() ? "" : NodeName.path(view);
  }

  private static boolean isFiner(Dataset dataset, Dataset before) {
    for (int axis = 0; axis < dataset.scale().size(); axis++) {
      if (dataset.scale().get(axis) < before.scale().get(axis)) {
        return true;
      }
    }
    return false;
  }

  /** A new entry. */
  static ObjectNode create(MultiscaleForm form, ArrayNode axes, List<Dataset> datasets) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    form.putAxes(json, axes);
    json.set(DATASETS, json(form, datasets));
    return json;
  }

  private static ArrayNode json(MultiscaleForm form, List<Dataset> datasets) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Dataset dataset : datasets) {
      ObjectNode node = json.addObject().put(MultiscaleForm.PATH, dataset.path());
      node.set(MultiscaleForm.TRANSFORMATIONS, form.transformations(dataset));
    }
    return json;
  }

  /**
   * Puts other levels into an entry. What it says about levels that stay as they were is kept; what
   * holds for all levels is worked into them when some level is new.
   */
  static void replaceDatasets(ObjectNode multiscale, Multiscale before, List<Dataset> after) {
    ArrayNode old = (ArrayNode) multiscale.get(DATASETS);
    ArrayNode json = json(before.form(), after);
    boolean moved =
        !before.datasets().containsAll(after) && before.form().removeAllLevels(multiscale);
    for (int level = 0; level < after.size(); level++) {
      int from = before.datasets().indexOf(after.get(level));
      if (from >= 0) {
        ObjectNode kept = old.get(from).deepCopy();
        if (moved) {
          kept.set(
              MultiscaleForm.TRANSFORMATIONS, json.get(level).get(MultiscaleForm.TRANSFORMATIONS));
        }
        json.set(level, kept);
      }
    }
    multiscale.set(DATASETS, json);
  }
}
