// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.pyramid;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ngffspark.chunks.StagedOutput.Copying;
import org.ngffspark.chunks.WrittenUnit;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.pyramid.LevelTask.UnitBoxes;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/**
 * The rounds of tasks that make the coarser levels of an image in several tiles: one for each
 * level, from the staged units of the one before it. Then one that copies what did not change,
 * where the target needs all.
 */
public final class LevelRounds {
  private static final long BYTES_PER_TASK = 64L << 20;
  private static final int UNITS_PER_TASK = 64;

  private final OpenedImage image;
  private final Levels levels;
  private final List<PyramidStep> steps;

  /** Which levels are made; travels to the tasks that make them. */
  @FunctionalInterface
  public interface Levels extends Serializable {
    /** The steps from the level that tiles write to each coarser one. */
    List<PyramidStep> steps(OpenedImage image);
  }

  private LevelRounds(OpenedImage image, Levels levels) {
    this.image = image;
    this.levels = levels;
    this.steps = levels.steps(image);
  }

  /** All coarser levels are made. */
  public static LevelRounds making(OpenedImage image, int levels) {
    return making(image, opened -> opened.level().pyramid().steps(opened.level().level(), levels));
  }

  /** These levels are made. */
  public static LevelRounds making(OpenedImage image, Levels levels) {
    return new LevelRounds(image, levels);
  }

  /** The coarser levels stay as they are. */
  public static LevelRounds keeping(OpenedImage image) {
    return new LevelRounds(image, opened -> List.of());
  }

  /**
   * The tasks of a round.
   *
   * @param changed boxes of the level whose pixels are taken, in pixels
   * @param soFar what tiles and rounds before this one have staged
   * @return nothing if no round is left
   */
  public List<FollowUp<Box>> round(int round, List<Box> changed, TaskResult<Box> soFar) {
    List<Box> boxes = changed;
    for (int step = 0; step < steps.size() && !boxes.isEmpty(); step++) {
      Map<GridPosition, List<Box>> derived = NextLevel.derived(steps.get(step), boxes);
      if (step == round) {
        return levelTasks(step, derived, soFar.units());
      }
      boxes = derived.values().stream().flatMap(List::stream).toList();
    }
    int last = boxes.isEmpty() ? 0 : steps.size();
    return round == last && image.output().copying() == Copying.ALL
        ? copyTasks(soFar.units())
        : List.of();
  }

  private List<FollowUp<Box>> levelTasks(
      int step, Map<GridPosition, List<Box>> derived, List<WrittenUnit> written) {
    Map<GridPosition, WrittenUnit> finer = new HashMap<>();
    int level = image.level().level() + step;
    written.stream()
        .filter(unit -> unit.level() == level)
        .forEach(unit -> finer.put(unit.unit(), unit));
    PyramidStep rule = steps.get(step);
    List<UnitBoxes> units = new ArrayList<>();
    derived.forEach((unit, boxes) -> units.add(new UnitBoxes(unit, List.copyOf(boxes))));
    List<FollowUp<Box>> tasks = new ArrayList<>();
    for (List<UnitBoxes> part : parts(units, rule.target())) {
      tasks.add(new LevelTask(step, levels, part, needed(rule, part, finer)));
    }
    return tasks;
  }

  private static List<WrittenUnit> needed(
      PyramidStep rule, List<UnitBoxes> part, Map<GridPosition, WrittenUnit> finer) {
    Set<WrittenUnit> needed = new LinkedHashSet<>();
    for (UnitBoxes unit : part) {
      for (GridPosition position : rule.source().writeUnits().touching(rule.needed(unit.boxes()))) {
        if (finer.containsKey(position)) {
          needed.add(finer.get(position));
        }
      }
    }
    return List.copyOf(needed);
  }

  private List<FollowUp<Box>> copyTasks(List<WrittenUnit> written) {
    List<FollowUp<Box>> tasks = new ArrayList<>();
    for (ImageLevel level : image.levels()) {
      if (level.level() == image.level().level()) {
        continue;
      }
      Set<GridPosition> done = new HashSet<>();
      written.stream()
          .filter(unit -> unit.level() == level.level())
          .forEach(unit -> done.add(unit.unit()));
      List<GridPosition> others =
          level.array().writeUnits().all().stream().filter(unit -> !done.contains(unit)).toList();
      parts(others, level.array()).forEach(part -> tasks.add(new CopyTask(level.level(), part)));
    }
    return tasks;
  }

  /** Small units go together: a task costs more than to make one of them. */
  private static <T> List<List<T>> parts(List<T> units, ZarrArray array) {
    long bytes = NdArray.byteLength(array.type(), array.writeUnits().chunk());
    int length = (int) Math.min(UNITS_PER_TASK, Math.max(1, BYTES_PER_TASK / bytes));
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < units.size(); from += length) {
      parts.add(List.copyOf(units.subList(from, Math.min(units.size(), from + length))));
    }
    return parts;
  }
}
