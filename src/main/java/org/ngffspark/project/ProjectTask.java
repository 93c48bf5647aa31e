// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ngffspark.apply.Companions;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TargetPlace;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTarget;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.TouchedUnits;
import org.ngffspark.pyramid.LevelRounds;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.store.StorePath;

/**
 * Makes new images in which an axis has one pixel. Each chunk of the finest level is read once; the
 * coarser levels are made from the projected one. Label images are projected too, by the largest of
 * the ids, if the destination's new images get any.
 *
 * @param axis z, c or t
 * @param destination where the new images go, and whether they get label images
 */
public record ProjectTask(Projection method, AxisName axis, Destination destination)
    implements ObjectTask<Nothing, Box> {
  private static final int UNITS_PER_TASK = 4;

  /**
   * @throws IllegalArgumentException if the axis is y or x, or images would be changed in place
   */
  public ProjectTask {
    if (axis == AxisName.Y || axis == AxisName.X) {
      throw new IllegalArgumentException("z, c or t can be projected, got axis " + axis);
    }
    if (destination instanceof Destination.InPlace) {
      throw new IllegalArgumentException("A projection is a new image, and none in place");
    }
  }

  @Override
  public ImageTarget<Box> target(ImageRef image) {
    return new ProjectedImage(place(image), this);
  }

  private TargetPlace place(ImageRef image) {
    return TargetPlace.of(image, pixels(), destination);
  }

  @Override
  public Map<String, String> details() {
    return Map.of("axis", axis.toString(), "method", method.name().toLowerCase(Locale.ROOT));
  }

  /**
   * @throws IllegalArgumentException if an image has no such axis
   */
  @Override
  public void check(OpenedImage image) {
    levels(image);
    labels(image).forEach(name -> levels(image, name));
  }

  ProjectedLevels levels(OpenedImage image) {
    return ProjectedLevels.ofImage(image, place(image.ref()).container(), this);
  }

  ProjectedLevels levels(OpenedImage image, String label) {
    StorePath target = place(image.ref()).container();
    return ProjectedLevels.ofLabel(image.container(), label, target, this);
  }

  /** Names of the label images that are projected. */
  List<String> labels(OpenedImage image) {
    return hasLabels() ? image.container().labels() : List.of();
  }

  boolean hasLabels() {
    return destination.companions() != Companions.NONE;
  }

  @Override
  public long bytesWritten(OpenedImage image, TouchedUnits touched) {
    int index = image.level().axes().index(axis).orElseThrow();
    return (touched.levelBytes() + touched.otherBytes()) / image.level().shape().get(index);
  }

  @Override
  public TaskResult<Box> run(OpenedImage image, Tile<Nothing> tile) {
    TaskResult<Box> all = TaskResult.nothing();
    if (!tile.isWholeImage()) {
      return all;
    }
    List<FollowUp<Box>> tasks = followUps(image, 0, all);
    for (int round = 1; !tasks.isEmpty(); round++) {
      for (FollowUp<Box> task : tasks) {
        all = all.plus(task.run(image));
      }
      tasks = followUps(image, round, all);
    }
    return all;
  }

  @Override
  public List<FollowUp<Box>> followUps(OpenedImage image, int round, TaskResult<Box> soFar) {
    ProjectedLevels levels = levels(image);
    if (round == 0) {
      List<FollowUp<Box>> tasks = new ArrayList<>();
      parts(levels.finest()).forEach(part -> tasks.add(new ProjectedUnits(this, part)));
      labels(image).forEach(name -> addLabel(name, levels(image, name), tasks));
      return tasks;
    }
    List<Box> changed = List.of(Box.whole(levels.finest().target().shape()));
    return LevelRounds.making(image, opened -> levels(opened).steps())
        .round(round - 1, changed, soFar);
  }

  private void addLabel(String name, ProjectedLevels levels, List<FollowUp<Box>> tasks) {
    for (int index = 0; index < levels.arrays().size(); index++) {
      int level = index;
      parts(levels.arrays().get(level))
          .forEach(part -> tasks.add(new ProjectedLabelUnits(this, name, level, part)));
    }
  }

  private static List<List<GridPosition>> parts(ProjectedArray array) {
    List<GridPosition> units = array.target().writeUnits().all();
    List<List<GridPosition>> parts = new ArrayList<>();
    for (int from = 0; from < units.size(); from += UNITS_PER_TASK) {
      parts.add(units.subList(from, Math.min(units.size(), from + UNITS_PER_TASK)));
    }
    return parts;
  }
}
