// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.job.ValuePass.UnitHandler;
import org.ngffspark.job.ValuePass.Visits;
import org.ngffspark.plan.Fragment;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.transform.ValueMap;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.store.FormatException;

/**
 * Writes one tile: transforms its inner labels, merges the fragments of crossing ones in ascending
 * label order, and stages each touched write unit once. One channel's decoded pixels are held at a
 * time where the transform allows it; the label image is decoded once for all.
 */
final class TileTask {

  /** Whether a tile makes the coarser levels too: it can if it is the whole image. */
  enum Scope {
    WHOLE_IMAGE,
    PART
  }

  private final OpenedImage image;
  private final ChunkPool pool;
  private final ReadTrace inputs;
  private final UnitStage stage;
  private final TaskChunks labels;
  private final List<Box> changed = new ArrayList<>();
  private long chunksRead;
  private long pixels;

  /**
   * @param labels what was read of the label image already
   */
  TileTask(
      OpenedImage image, ChunkPool pool, ReadTrace inputs, UnitStage stage, TaskChunks labels) {
    this.image = image;
    this.pool = pool;
    this.inputs = inputs;
    this.stage = stage;
    this.labels = labels;
  }

  /**
   * @param inner labels that only this tile writes, ascending
   * @param fragments of crossing labels, ascending by label
   */
  TaskResult run(LabelBatch inner, List<Fragment> fragments, Scope scope) {
    ObjectMasks masks = new ObjectMasks(inner, image);
    try (ObjectPass objects = new ObjectPass(image)) {
      for (List<MaskedReader> readers : image.passes()) {
        runPass(readers, masks, fragments, objects, scope);
      }
      pixels += objects.pixels();
      WorkCount work = WorkCount.objects(inner.size(), pixels, objects.notes());
      return new TaskResult(
          List.of(),
          changed,
          List.of(),
          objects.skipped(),
          work.plus(WorkCount.reads(chunksRead, 0)));
    }
  }

  private void runPass(
      List<MaskedReader> readers,
      ObjectMasks masks,
      List<Fragment> fragments,
      ObjectPass objects,
      Scope scope) {
    try (TaskChunks source = new TaskChunks(image.level().array(), pool, inputs);
        LevelWriter writer = new LevelWriter(source, pool)) {
      List<Fragment> mine = fragments.stream().filter(part -> isOf(readers, part)).toList();
      Optional<ValueMap> values = image.values();
      if (values.isPresent()) {
        changeValues(
            readers, new ValuePass(image, values.get(), masks, labels), mine, writer, scope);
      } else {
        transform(readers, masks, mine, objects, source, writer);
        finish(writer::changedBoxes, writer, scope, rest -> writer.units().forEach(rest::changed));
      }
      chunksRead += source.reads();
    }
  }

  /** Work that hands each write unit on when it is as it will be. */
  @FunctionalInterface
  private interface UnitWork {
    void run(UnitHandler rest);
  }

  /**
   * Stages each write unit that the work hands on, and makes the coarser levels of a whole image.
   *
   * @param chunks boxes of all chunks that are changed at the end, in pixels of the level
   */
  private void finish(Supplier<List<Box>> chunks, LevelWriter writer, Scope scope, UnitWork work) {
    if (scope == Scope.PART || image.steps().isEmpty()) {
      work.run(
          unit -> {
            stage(unit, writer);
            writer.drop(unit);
          });
      return;
    }
    PyramidTask pyramid = new PyramidTask(pool, inputs, stage);
    try (NextLevel next = pyramid.begin(chunks.get(), image.level().level(), image.steps())) {
      work.run(
          unit -> {
            stage(unit, writer);
            if (next.add(writer.changedChunks(unit), writer.after())) {
              writer.drop(unit);
            }
          });
      chunksRead += next.finish(writer.after());
    }
  }

  private void stage(GridPosition unit, LevelWriter writer) {
    stage.write(image.level().level(), writer, unit);
    changed.addAll(writer.changedBoxes(unit));
  }

  private void changeValues(
      List<MaskedReader> readers,
      ValuePass objects,
      List<Fragment> mine,
      LevelWriter writer,
      Scope scope) {
    writer.endReading();
    SortedMap<GridPosition, List<Fragment>> crossing = new TreeMap<>();
    mine.forEach(part -> crossing.computeIfAbsent(part.unit(), key -> new ArrayList<>()).add(part));
    Visits visits = objects.visits(readers);
    // A whole image has no crossing labels.
    finish(
        () -> objects.changedBoxes(visits),
        writer,
        scope,
        rest -> {
          UnitHandler last =
              unit -> {
                paste(crossing.getOrDefault(unit, List.of()), writer);
                rest.changed(unit);
              };
          objects.run(visits, writer, last);
          crossing.keySet().stream()
              .filter(unit -> !visits.byUnit().containsKey(unit))
              .forEach(last::changed);
        });
    pixels += objects.pixels();
  }

  private void transform(
      List<MaskedReader> readers,
      ObjectMasks masks,
      List<Fragment> mine,
      ObjectPass objects,
      TaskChunks source,
      LevelWriter writer) {
    ChunkSource before = TaskChunks.both(source, labels);
    LabelBatch inner = masks.objects();
    int next = 0;
    for (int i = 0; i < inner.size(); i++) {
      for (; next < mine.size() && mine.get(next).label() < inner.label(i); next++) {
        paste(mine.get(next), writer);
      }
      objects.transform(masks, i, readers, before, writer::paste);
    }
    paste(mine.subList(next, mine.size()), writer);
    writer.endReading();
  }

  private boolean isOf(List<MaskedReader> readers, Fragment fragment) {
    OptionalInt axis = image.level().axes().index(AxisName.C);
    if (axis.isEmpty() || image.passes().size() == 1) {
      return true;
    }
    long channel = fragment.box().start(axis.getAsInt());
    return readers.stream()
        .flatMapToInt(reader -> Arrays.stream(reader.channels()))
        .anyMatch(index -> index == channel);
  }

  private static void paste(List<Fragment> fragments, LevelWriter writer) {
    fragments.forEach(fragment -> paste(fragment, writer));
  }

  private static void paste(Fragment fragment, LevelWriter writer) {
    try {
      writer.paste(fragment.box(), fragment.mask(), fragment.unpack());
    } catch (FormatException damaged) {
      throw TransformFailure.of(fragment.label(), damaged);
    }
  }
}
