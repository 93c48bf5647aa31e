// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.Shape;

/**
 * The levels of one image or label image. Each level follows from the one before it by the rule of
 * the whole array, so rebuilding a part gives the same bytes as rebuilding all.
 */
public final class Pyramid {
  /** What the pixels are: intensities are interpolated, ids never. */
  public enum Kind {
    IMAGE,
    LABEL
  }

  private final ImageNode node;
  private final Kind kind;

  private Pyramid(ImageNode node, Kind kind) {
    this.node = node;
    this.kind = kind;
  }

  public static Pyramid of(ImageNode node, Kind kind) {
    return new Pyramid(node, kind);
  }

  public Kind kind() {
    return kind;
  }

  /** Number of levels in the metadata. */
  public int levels() {
    return node.metadata().datasets().size();
  }

  /**
   * The steps from a level to the coarser ones, in order.
   *
   * @throws IllegalArgumentException if there is no such level
   */
  public List<PyramidStep> steps(int level) {
    List<PyramidStep> steps = new ArrayList<>();
    ZarrArray source = new Multiscale(node).array(level);
    for (int next = level + 1; next < levels(); next++) {
      ZarrArray target = new Multiscale(node).array(next);
      steps.add(PyramidStep.of(kind, source, target));
      source = target;
    }
    return steps;
  }

  /** Rebuilds all levels coarser than {@code level} from it. */
  public void rebuild(int level) {
    for (PyramidStep step : steps(level)) {
      for (GridPosition unit : step.target().writeUnits().all()) {
        step.apply(List.of(step.target().writeUnits().box(unit)));
      }
    }
  }

  /**
   * Rebuilds what derives from some boxes of a level, in every coarser level, and nothing else.
   *
   * @param boxes in pixels of {@code level}; parts outside the level are ignored
   */
  public void rebuild(int level, List<Box> boxes) {
    List<Box> changed = boxes;
    for (PyramidStep step : steps(level)) {
      Box whole = Box.whole(step.source().shape());
      List<Box> inside = changed.stream().map(whole::intersect).toList();
      Map<GridPosition, List<Box>> derived = step.derived(inside);
      derived.values().forEach(step::apply);
      changed = derived.values().stream().flatMap(List::stream).toList();
    }
  }

  /**
   * As {@link #steps(int)}, of the pyramid with the levels that {@link #withLevels} would add.
   *
   * @param count levels of the pyramid, at least
   * @throws IllegalArgumentException if there is no such level, or the levels cannot be added
   */
  public List<PyramidStep> steps(int level, int count) {
    List<PyramidStep> steps = new ArrayList<>(steps(level));
    steps.addAll(added(count).steps());
    return steps;
  }

  /**
   * Adds levels until there are {@code count}, each half as long in y and x as the one before it,
   * rounded down. The new levels are filled, then listed in the metadata. Nothing happens if there
   * are as many already.
   *
   * @return this pyramid with the new metadata
   * @throws IllegalArgumentException if a level of one pixel in y and x is reached before, or the
   *     type is float16; nothing is written then
   */
  public Pyramid withLevels(int count) {
    Added added = added(count);
    for (PyramidStep step : added.steps()) {
      ZarrArray target = ZarrArray.create(step.target().path(), step.target().metadata());
      for (GridPosition unit : target.writeUnits().all()) {
        step.apply(List.of(target.writeUnits().box(unit)));
      }
    }
    return with(added);
  }

  /** As {@link #withLevels}, but the new levels hold no pixels yet. */
  public Pyramid withEmptyLevels(int count) {
    Added added = added(count);
    added.steps().forEach(step -> ZarrArray.create(step.target().path(), step.target().metadata()));
    return with(added);
  }

  private Pyramid with(Added added) {
    return added.steps().isEmpty()
        ? this
        : new Pyramid(node.write(node.metadata().withDatasets(added.datasets())), kind);
  }

  /**
   * Levels that are not there yet.
   *
   * @param datasets all levels, with these
   */
  private record Added(List<Dataset> datasets, List<PyramidStep> steps) {}

  private Added added(int count) {
    List<Dataset> datasets = new ArrayList<>(node.metadata().datasets());
    if (datasets.size() < count && datasets.get(0).path().isEmpty()) {
      throw new IllegalArgumentException(
          node.path()
              + " is a data set of N5, which has one level; convert makes an image with several");
    }
    List<PyramidStep> steps = new ArrayList<>();
    ZarrArray source = new Multiscale(node).array(levels() - 1);
    while (datasets.size() < count) {
      Shape shape = halved(source.shape());
      Dataset last = datasets.get(datasets.size() - 1);
      Dataset next = last.coarser(freePath(datasets), factors(source.shape(), shape));
      ZarrArray target =
          ZarrArray.at(node.path().child(next.path()), source.metadata().like(shape));
      steps.add(PyramidStep.of(kind, source, target));
      datasets.add(next);
      source = target;
    }
    return new Added(datasets, steps);
  }

  private Shape halved(Shape shape) {
    Shape half = shape;
    for (AxisName name : List.of(AxisName.Y, AxisName.X)) {
      int axis = node.metadata().axes().index(name).orElseThrow();
      half = half.with(axis, Math.max(1, shape.get(axis) / 2));
    }
    if (half.equals(shape)) {
      throw new IllegalArgumentException(
          "No level can follow one of shape " + shape + " in " + node.path());
    }
    return half;
  }

  private static List<Double> factors(Shape from, Shape to) {
    return IntStream.range(0, from.rank())
        .mapToObj(axis -> (double) from.get(axis) / to.get(axis))
        .toList();
  }

  private static String freePath(List<Dataset> datasets) {
    List<String> taken = datasets.stream().map(Dataset::path).toList();
    return IntStream.iterate(datasets.size(), i -> i + 1)
        .mapToObj(number -> taken.get(0).matches("s\\d+") ? "s" + number : "" + number)
        .filter(path -> !taken.contains(path))
        .findFirst()
        .orElseThrow();
  }

  public ImageNode node() {
    return node;
  }
}
