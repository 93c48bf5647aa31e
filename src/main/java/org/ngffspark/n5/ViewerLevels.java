// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.n5;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.store.StorePath;

/**
 * Levels {@code s0}, {@code s1}, … as N5 viewer and BigDataViewer have them, with factors and pixel
 * size from x on. Factors stand in {@code scales} or {@code downsamplingFactors} of the group, in
 * {@code downsamplingFactors} of {@code setupN} around {@code timepointN}, or of each level. All
 * levels begin at the same corner.
 */
final class ViewerLevels {
  private static final String FILE = "attributes.json";
  private static final String PIXEL_RESOLUTION = "pixelResolution";
  private static final String FACTORS = "downsamplingFactors";
  private static final List<String> AXES = List.of("t", "c", "z", "y", "x");
  private static final int SPACE = 3;

  private final List<JsonView> around;
  private final List<JsonView> levels;
  private final int rank;

  private ViewerLevels(List<JsonView> around, List<JsonView> levels) {
    this.around = around;
    this.levels = levels;
    this.rank = levels.get(0).require("dimensions").shape(0).rank();
  }

  /** Empty if there is no data set {@code s0}. */
  static Optional<ViewerLevels> find(StorePath group, ObjectNode attributes) {
    List<JsonView> levels = new ArrayList<>();
    Optional<JsonView> level = dataSet(group.child("s0"));
    while (level.isPresent()) {
      levels.add(level.get());
      level = dataSet(group.child("s" + levels.size()));
    }
    if (levels.isEmpty()) {
      return Optional.empty();
    }
    List<JsonView> around = new ArrayList<>();
    around.add(new JsonView(group.child(FILE).toString(), "", attributes));
    setup(group).ifPresent(around::add);
    return Optional.of(new ViewerLevels(around, levels));
  }

  private static Optional<JsonView> dataSet(StorePath path) {
    return view(path).filter(view -> view.node().has("dimensions"));
  }

  private static Optional<JsonView> view(StorePath path) {
    StorePath file = path.child(FILE);
    return Json.read(file).map(node -> new JsonView(file.toString(), "", node));
  }

  /** The group around one that is named as a time point of BigDataViewer. */
  private static Optional<JsonView> setup(StorePath group) {
    int slash = group.path().lastIndexOf('/');
    boolean timePoint = group.path().substring(slash + 1).matches("timepoint\\d+");
    return timePoint && slash > 0
        ? view(new StorePath(group.store(), group.path().substring(0, slash)))
        : Optional.empty();
  }

  ObjectNode ome(ObjectNode attributes) {
    ObjectNode ome = attributes.deepCopy();
    ObjectNode entry = ome.putArray(N5Image.MULTISCALES).addObject().put("version", "0.4");
    List<String> names = names();
    ArrayNode axes = entry.putArray("axes");
    names.forEach(name -> axes.add(LevelJson.axis(name, unit(name))));
    ArrayNode datasets = entry.putArray("datasets");
    List<Double> none = Collections.nCopies(rank, 0.0);
    for (int level = 0; level < levels.size(); level++) {
      datasets
          .addObject()
          .put("path", "s" + level)
          .set(N5Image.TRANSFORMATIONS, LevelJson.transformations(scale(level, names), none));
    }
    return ome;
  }

  /** Those of {@code axes} in the attributes of group or level, else the last ones of tczyx. */
  private List<String> names() {
    Optional<JsonView> told = everywhere().flatMap(view -> view.find("axes").stream()).findFirst();
    if (told.isEmpty()) {
      if (rank < 2 || rank > AXES.size()) {
        throw levels.get(0).require("dimensions").problem("must be those of an image, 2 to 5");
      }
      return AXES.subList(AXES.size() - rank, AXES.size());
    }
    List<String> names = new ArrayList<>();
    told.get().elements().forEach(name -> names.add(name.text().toLowerCase(Locale.ROOT)));
    if (names.size() != rank) {
      throw told.get().problem("must name each of " + rank + " axes");
    }
    if (names.get(0).equals("x")) {
      Collections.reverse(names);
    }
    return names;
  }

  private Stream<JsonView> everywhere() {
    return Stream.concat(around.stream(), Stream.of(levels.get(0)));
  }

  /** Where the pixel size stands; numbers from x on, or an object with these and their unit. */
  private Optional<JsonView> resolution() {
    return everywhere()
        .flatMap(view -> Stream.of(view.find(PIXEL_RESOLUTION), view.find("resolution")))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private String unit(String axis) {
    if (axis.equals("t") || axis.equals("c")) {
      return "";
    }
    return resolution().map(ViewerLevels::unitOf).orElse("");
  }

  /** Of the numbers alone of {@code pixelResolution} N5 viewer says that they are micrometres. */
  static String unitOf(JsonView resolution) {
    return resolution.node().isObject()
        ? resolution.find("unit").map(JsonView::text).orElse("")
        : resolution.field().endsWith(PIXEL_RESOLUTION) ? "um" : "";
  }

  private List<Double> scale(int level, List<String> names) {
    List<Double> sizes =
        resolution()
            .map(found -> found.node().isObject() ? found.require("dimensions") : found)
            .map(ViewerLevels::numbers)
            .orElseGet(() -> Collections.nCopies(SPACE, 1.0));
    List<Double> factors = factors(level);
    List<Double> scale = new ArrayList<>();
    for (String name : names) {
      int place = List.of("x", "y", "z").indexOf(name);
      scale.add(place < 0 ? 1 : at(sizes, place) * at(factors, place));
    }
    return scale;
  }

  private static double at(List<Double> values, int place) {
    return place < values.size() ? values.get(place) : 1;
  }

  private List<Double> factors(int level) {
    Optional<JsonView> lists =
        around.stream()
            .flatMap(view -> Stream.of(view.find("scales"), view.find(FACTORS)))
            .flatMap(Optional::stream)
            .filter(found -> found.node().path(level).isArray())
            .findFirst();
    return lists
        .map(list -> list.elements().get(level))
        .or(() -> levels.get(level).find(FACTORS))
        .map(ViewerLevels::numbers)
        .orElseGet(() -> sizeRatios(level));
  }

  /** Where no factor is told: how much shorter the level is, to the next integer. */
  private List<Double> sizeRatios(int level) {
    JsonView finest = levels.get(0).require("dimensions");
    JsonView coarse = levels.get(level).require("dimensions");
    List<Double> ratios = new ArrayList<>();
    for (int axis = 0; axis < Math.min(SPACE, rank); axis++) {
      double length = Math.max(1, coarse.elements().get(axis).finite());
      ratios.add((double) Math.round(finest.elements().get(axis).finite() / length));
    }
    return ratios;
  }

  private static List<Double> numbers(JsonView list) {
    return list.elements().stream().map(JsonView::finite).toList();
  }
}
