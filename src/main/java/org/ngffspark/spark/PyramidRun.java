// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ngffspark.job.ImageTasks;
import org.ngffspark.job.StagedOutput.Copying;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.WrittenUnit;
import org.ngffspark.spark.RunContext.PlannedImage;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * The coarser levels of images that are cut into several tiles: level by level, each from the
 * staged units of the one before it over those that did not change.
 */
final class PyramidRun {
  private static final int UNITS_PER_COPY = 16;

  private final JavaSparkContext spark;
  private final Broadcast<RunContext> context;

  PyramidRun(JavaSparkContext spark, Broadcast<RunContext> context) {
    this.spark = spark;
    this.context = context;
  }

  /** One write unit of a coarser level, and the staged units it is made from. */
  private record UnitWork(GridPosition unit, List<Box> boxes, List<WrittenUnit> finer)
      implements Serializable {}

  /**
   * Makes all coarser levels of an image, and copies what did not change where the target needs all
   * of it.
   *
   * @return why it failed; empty if it did not
   */
  String follow(PlannedImage image, ImageRun run) {
    ImageTasks tasks = context.value().open(image.plan().ref());
    List<Box> changed = run.result().changed();
    List<WrittenUnit> finer = run.result().units();
    for (int step = 0; step < tasks.steps() && !changed.isEmpty(); step++) {
      Map<GridPosition, List<Box>> derived = tasks.derived(step, changed);
      TaskResult.Sum sum = new TaskResult.Sum();
      String failure = make(image, step, work(tasks, step, derived, finer), sum);
      if (!failure.isEmpty()) {
        return failure;
      }
      run.add(sum.result());
      changed = derived.values().stream().flatMap(List::stream).toList();
      finer = sum.result().units();
    }
    return image.output().copying() == Copying.ALL ? copy(image, tasks, run) : "";
  }

  private static List<UnitWork> work(
      ImageTasks tasks, int step, Map<GridPosition, List<Box>> derived, List<WrittenUnit> finer) {
    ChunkGrid finerUnits = tasks.units(tasks.level() + step);
    Map<GridPosition, WrittenUnit> staged = new TreeMap<>();
    finer.forEach(unit -> staged.put(unit.unit(), unit));
    List<UnitWork> work = new ArrayList<>();
    derived.forEach(
        (unit, boxes) -> {
          List<WrittenUnit> needed =
              finerUnits.touching(tasks.needed(step, boxes)).stream()
                  .filter(staged::containsKey)
                  .map(staged::get)
                  .toList();
          work.add(new UnitWork(unit, List.copyOf(boxes), needed));
        });
    return work;
  }

  private String make(PlannedImage image, int step, List<UnitWork> work, TaskResult.Sum sum) {
    Broadcast<RunContext> run = context;
    spark.setJobDescription("Pyramid level of " + image.plan().ref());
    return sum(
        spark
            .parallelize(work, Math.max(1, work.size()))
            .map(
                unit ->
                    run.value()
                        .attempts()
                        .run(
                            () ->
                                run.value()
                                    .open(image.plan().ref())
                                    .pyramid(
                                        step,
                                        Map.of(unit.unit(), unit.boxes()),
                                        unit.finer(),
                                        image.output()))),
        sum);
  }

  private String copy(PlannedImage image, ImageTasks tasks, ImageRun run) {
    Broadcast<RunContext> sent = context;
    for (int level = 0; level < tasks.levels(); level++) {
      if (level == tasks.level()) {
        continue;
      }
      int current = level;
      Set<GridPosition> written = new HashSet<>();
      run.result().units().stream()
          .filter(unit -> unit.level() == current)
          .forEach(unit -> written.add(unit.unit()));
      List<GridPosition> others =
          tasks.units(level).all().stream().filter(unit -> !written.contains(unit)).toList();
      if (others.isEmpty()) {
        continue;
      }
      List<List<GridPosition>> parts = parts(others);
      TaskResult.Sum sum = new TaskResult.Sum();
      String failure =
          sum(
              spark
                  .parallelize(parts, parts.size())
                  .map(
                      part ->
                          sent.value()
                              .attempts()
                              .run(
                                  () ->
                                      sent.value()
                                          .open(image.plan().ref())
                                          .copy(current, part, image.output()))),
              sum);
      if (!failure.isEmpty()) {
        return failure;
      }
      run.add(sum.result());
    }
    return "";
  }

  private static List<List<GridPosition>> parts(List<GridPosition> units) {
    List<List<GridPosition>> parts = new ArrayList<>();
    for (int from = 0; from < units.size(); from += UNITS_PER_COPY) {
      parts.add(List.copyOf(units.subList(from, Math.min(units.size(), from + UNITS_PER_COPY))));
    }
    return parts;
  }

  private static String sum(JavaRDD<TaskOutcome<TaskResult>> parts, TaskResult.Sum sum) {
    for (TaskOutcome<TaskResult> outcome : StreamedJob.collect(parts)) {
      if (outcome instanceof TaskOutcome.Failed<TaskResult> failed) {
        return failed.message();
      }
      sum.add(((TaskOutcome.Done<TaskResult>) outcome).value());
    }
    return "";
  }
}
