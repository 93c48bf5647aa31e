// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.ngffspark.apply.ImagePasses.Pass;
import org.ngffspark.apply.ValueChanges.UnitHandler;
import org.ngffspark.apply.ValueChanges.Visits;
import org.ngffspark.chunks.LevelWriter;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.chunks.UnitStage;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.job.ObjectFailure;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.WorkCount;
import org.ngffspark.plan.Fragment;
import org.ngffspark.plan.FragmentBatch;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.pyramid.CoarserLevels;
import org.ngffspark.pyramid.NextLevel;
import org.ngffspark.roi.AxisName;
import org.ngffspark.transform.ValueMap;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.store.FormatException;

/**
 * Writes one tile: transforms its inner labels, merges the fragments of crossing ones in ascending
 * label order, and stages each touched write unit once. One channel's decoded pixels are held at a
 * time where the transform allows it; the label image is decoded once for all. A tile that is the
 * whole image makes the coarser levels too.
 */
final class TileTask {
  private final ImagePasses passes;
  private final OpenedImage image;
  private final Tile<FragmentBatch> tile;
  private final UnitStage stage;
  private final List<Box> changed = new ArrayList<>();
  private long pixels;

  TileTask(ImagePasses passes, Tile<FragmentBatch> tile) {
    this.passes = passes;
    this.image = passes.image();
    this.tile = tile;
    this.stage = image.stage();
  }

  TaskResult<Box> run() {
    LabelBatch inner = tile.inner();
    ObjectMasks masks = new ObjectMasks(inner, passes);
    List<Fragment> fragments = received();
    try (TransformedObjects objects = new TransformedObjects(passes)) {
      passes.all().forEach(pass -> run(pass, masks, fragments, objects));
      copyOthers();
      pixels += objects.pixels();
      WorkCount work = WorkCount.objects(inner.size(), pixels, objects.notes().counts());
      return TaskResult.of(changed, work).withUnits(stage.units()).withSkipped(objects.skipped());
    }
  }

  /** Fragments of crossing labels that this tile writes, ascending by label. */
  private List<Fragment> received() {
    List<Fragment> fragments = new ArrayList<>();
    tile.received().forEach(batch -> fragments.addAll(batch.fragments()));
    fragments.sort(Comparator.comparing(Fragment::label, Long::compareUnsigned));
    return fragments;
  }

  private void copyOthers() {
    if (tile.isWholeImage()) {
      for (ImageLevel level : image.levels()) {
        stage.copyOthers(level.level(), level.array(), level.array().writeUnits().all());
      }
    } else {
      stage.copyOthers(image.level().level(), image.level().array(), tile.units());
    }
  }

  private void run(
      Pass pass, ObjectMasks masks, List<Fragment> fragments, TransformedObjects objects) {
    try (TaskChunks source = image.chunks(image.level().array());
        LevelWriter writer = new LevelWriter(source, image.pool())) {
      List<Fragment> mine = fragments.stream().filter(part -> isOf(pass, part)).toList();
      Optional<ValueMap> values = passes.values();
      if (values.isPresent()) {
        changeValues(
            pass, new ValueChanges(passes, values.get(), masks, objects.notes()), mine, writer);
      } else {
        transform(pass, masks, mine, objects, source, writer);
        finish(writer::changedBoxes, writer, rest -> writer.units().forEach(rest::changed));
      }
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
  private void finish(Supplier<List<Box>> chunks, LevelWriter writer, UnitWork work) {
    if (!tile.isWholeImage() || passes.steps().isEmpty()) {
      work.run(
          unit -> {
            stage(unit, writer);
            writer.drop(unit);
          });
      return;
    }
    CoarserLevels coarser = new CoarserLevels(image, stage, passes.steps());
    try (NextLevel next = coarser.begin(chunks.get())) {
      work.run(
          unit -> {
            stage(unit, writer);
            if (next.add(writer.changedChunks(unit), writer.after())) {
              writer.drop(unit);
            }
          });
      coarser.finish(next, writer.after());
    }
  }

  private void stage(GridPosition unit, LevelWriter writer) {
    stage.write(image.level().level(), writer, unit);
    changed.addAll(writer.changedBoxes(unit));
  }

  private void changeValues(
      Pass pass, ValueChanges objects, List<Fragment> mine, LevelWriter writer) {
    writer.endReading();
    SortedMap<GridPosition, List<Fragment>> crossing = new TreeMap<>();
    mine.forEach(part -> crossing.computeIfAbsent(part.unit(), key -> new ArrayList<>()).add(part));
    Visits visits = objects.visits(pass.readers());
    // A whole image has no crossing labels.
    finish(
        () -> objects.changedBoxes(visits),
        writer,
        rest -> {
          UnitHandler last =
              unit -> {
                paste(crossing.getOrDefault(unit, List.of()), writer);
                rest.changed(unit);
                image.done(perUnit(visits));
              };
          objects.run(visits, writer, last);
          crossing.keySet().stream()
              .filter(unit -> !visits.byUnit().containsKey(unit))
              .forEach(last::changed);
        });
    pixels += objects.pixels();
  }

  /** Objects are done unit by unit: each unit counts as a like share of them. */
  private double perUnit(Visits visits) {
    return (double) tile.inner().size() / passes.all().size() / Math.max(1, visits.byUnit().size());
  }

  private void transform(
      Pass pass,
      ObjectMasks masks,
      List<Fragment> mine,
      TransformedObjects objects,
      TaskChunks source,
      LevelWriter writer) {
    ChunkSource before = TaskChunks.both(source, image.labelChunks());
    Deque<Fragment> crossing = new ArrayDeque<>(mine);
    objects.transform(
        masks,
        pass.readers(),
        before,
        (label, place, written, changedPixels) -> {
          while (!crossing.isEmpty() && isBefore(crossing.getFirst().label(), label)) {
            paste(crossing.removeFirst(), writer);
          }
          writer.paste(place, written, changedPixels);
        });
    paste(List.copyOf(crossing), writer);
    writer.endReading();
  }

  private static boolean isBefore(long label, long other) {
    return Long.compareUnsigned(label, other) < 0;
  }

  private boolean isOf(Pass pass, Fragment fragment) {
    OptionalInt axis = image.level().axes().index(AxisName.C);
    if (axis.isEmpty() || passes.all().size() == 1) {
      return true;
    }
    long channel = fragment.box().start(axis.getAsInt());
    return pass.readers().stream()
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
      throw ObjectFailure.of(fragment.label(), damaged);
    }
  }
}
