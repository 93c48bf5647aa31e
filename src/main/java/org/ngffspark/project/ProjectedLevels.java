// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.project;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Label;
import org.ngffspark.image.Pyramid;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.store.StorePath;

/**
 * The levels of a projected image or label image.
 *
 * @param node below the container; {@code ""} for the image
 * @param paths of the levels below the node
 * @param arrays from fine to coarse
 */
record ProjectedLevels(String node, List<String> paths, List<ProjectedArray> arrays) {
  private static final String LABELS = "labels/";

  /**
   * @param target where the new image will lie; nothing is read there
   * @throws IllegalArgumentException if the image has no such axis
   */
  static ProjectedLevels ofImage(OpenedImage image, StorePath target, ProjectTask task) {
    if (!image.level().axes().has(task.axis())) {
      throw new IllegalArgumentException(
          "Axis '%s' is to be projected, and the image has %s"
              .formatted(task.axis(), image.level().axes().names()));
    }
    return of("", image.levels(), target, task);
  }

  /** Those of a label image; one without the axis is copied. */
  static ProjectedLevels ofLabel(
      Container container, String name, StorePath target, ProjectTask task) {
    Label finest = container.label(name);
    int count = finest.node().metadata().datasets().size();
    List<? extends ImageLevel> levels =
        IntStream.range(0, count).mapToObj(level -> container.label(name, level)).toList();
    return of(LABELS + name, levels, target, task);
  }

  private static ProjectedLevels of(
      String node, List<? extends ImageLevel> levels, StorePath target, ProjectTask task) {
    List<String> paths = new ArrayList<>();
    List<ProjectedArray> arrays = new ArrayList<>();
    for (ImageLevel level : levels) {
      OptionalInt axis = level.axes().index(task.axis());
      paths.add(level.path());
      arrays.add(ProjectedArray.of(level.array(), target.child(node).child(level.path()), axis));
    }
    return new ProjectedLevels(node, paths, arrays);
  }

  ProjectedArray finest() {
    return arrays.get(0);
  }

  /** The finest level below the container. */
  String finestNode() {
    return paths.get(0).isEmpty() ? node : node + "/" + paths.get(0);
  }

  /** From each level of the image to the next. */
  List<PyramidStep> steps() {
    List<PyramidStep> steps = new ArrayList<>();
    for (int level = 1; level < arrays.size(); level++) {
      ZarrArray finer = arrays.get(level - 1).target();
      steps.add(PyramidStep.of(Pyramid.Kind.IMAGE, finer, arrays.get(level).target()));
    }
    return steps;
  }

  /** Writes the metadata of the arrays into a draft of the container. */
  void create(StorePath draft) {
    for (int level = 0; level < paths.size(); level++) {
      StorePath array = draft.child(node).child(paths.get(level));
      ZarrArray.create(array, arrays.get(level).target().metadata());
    }
  }
}
