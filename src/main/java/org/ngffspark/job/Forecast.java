// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.plan.Assignment.TileLabels;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.store.KeyStatus;

/**
 * Tells from boxes alone what the tasks of an image will read and write. It repeats their rules,
 * not their work: a write unit is read once by each task that needs it, and written if a box
 * touches it.
 */
final class Forecast {
  private final OpenedImage image;
  private final Map<String, Long> lengths = new HashMap<>();
  private long chunksRead;
  private long labelChunksRead;
  private long unitsWritten;
  private long pyramidUnits;
  private long bytesRead;
  private long bytesWritten;
  private long objects;
  private long crossing;
  private long shuffleBytes;
  private long tasks = 1;

  Forecast(OpenedImage image) {
    this.image = image;
  }

  /**
   * @param labels by the tile that computes them
   */
  ImageForecast of(ImagePlan plan, SortedMap<Integer, TileLabels> labels) {
    boolean scanned = plan.regions() == ImagePlan.Regions.LABEL_IMAGE;
    if (scanned) {
      readLabels(image.label().array().writeUnits().all());
    }
    if (plan.isSingleTile()) {
      LabelBatch all = LabelBatch.merge(labels.values().stream().map(TileLabels::inner).toList());
      objects = all.size();
      if (!scanned) {
        readLabels(labelUnits(all));
      }
      image.passes().forEach(readers -> whole(readers, all));
    } else {
      tiled(plan.tiles(), labels);
    }
    WorkCount work =
        new WorkCount(
            objects,
            chunksRead,
            labelChunksRead,
            unitsWritten,
            pyramidUnits,
            bytesRead,
            bytesWritten,
            0,
            Map.of());
    return new ImageForecast(plan, work, crossing, shuffleBytes, tasks);
  }

  private void whole(List<MaskedReader> readers, LabelBatch labels) {
    Set<GridPosition> chunks = chunks(boxes(readers, labels));
    Set<GridPosition> units = units(image.level().array(), chunks);
    read(image.level().array(), reads(image.level().array(), chunks));
    write(image.level().array(), units);
    unitsWritten += units.size();
    pyramidInMemory(chunks);
  }

  private void tiled(TileGrid tiles, SortedMap<Integer, TileLabels> labels) {
    Map<Integer, List<Box>> byTile = new TreeMap<>();
    List<Box> changed = new ArrayList<>();
    for (Map.Entry<Integer, TileLabels> entry : labels.entrySet()) {
      TileLabels tile = entry.getValue();
      objects += tile.inner().size() + tile.crossing().size();
      crossing += tile.crossing().size();
      readLabels(labelUnits(tile.inner()));
      readLabels(labelUnits(tile.crossing()));
      for (List<MaskedReader> readers : image.passes()) {
        List<Box> crossed = boxes(readers, tile.crossing());
        read(image.level().array(), reads(image.level().array(), chunks(crossed)));
        List<Box> all = boxes(readers, tile.inner());
        crossed.forEach(box -> shuffleBytes += box.shape().elements() * bytesPerPixel());
        all.addAll(crossed);
        for (Box box : all) {
          tiles
              .touching(box)
              .forEach(
                  index ->
                      byTile
                          .computeIfAbsent(index, key -> new ArrayList<>())
                          .add(box.intersect(tiles.box(index))));
        }
      }
    }
    byTile.forEach(
        (tile, boxes) -> {
          Set<GridPosition> chunks = chunks(boxes);
          Set<GridPosition> units = units(image.level().array(), chunks);
          read(image.level().array(), reads(image.level().array(), chunks));
          write(image.level().array(), units);
          unitsWritten += units.size();
          changed.addAll(changed(chunks));
        });
    tasks = 2L * tiles.count() + labels.size();
    pyramidFromStage(changed);
  }

  private int bytesPerPixel() {
    return image.level().type().bytes();
  }

  /** The boxes that a pass reads and writes, one for each channel. */
  private List<Box> boxes(List<MaskedReader> readers, LabelBatch labels) {
    OptionalInt axis = image.level().axes().index(AxisName.C);
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      Box all = zoomed(labels.roi(i)).toBox(image.level().grid());
      if (axis.isEmpty()) {
        boxes.add(all);
        continue;
      }
      for (MaskedReader reader : readers) {
        for (int channel : reader.channels()) {
          boxes.add(all.with(axis.getAsInt(), channel, channel + 1L));
        }
      }
    }
    return boxes;
  }

  private Roi zoomed(Roi roi) {
    return roi.zoom(image.spec().zoom());
  }

  private Set<GridPosition> chunks(List<Box> boxes) {
    Set<GridPosition> chunks = new HashSet<>();
    boxes.forEach(box -> chunks.addAll(image.level().array().chunks().touching(box)));
    return chunks;
  }

  private List<Box> changed(Set<GridPosition> chunks) {
    return chunks.stream().map(image.level().array().chunks()::box).toList();
  }

  private Set<GridPosition> labelUnits(LabelBatch labels) {
    Set<GridPosition> units = new HashSet<>();
    for (int i = 0; i < labels.size(); i++) {
      Box box = zoomed(labels.roi(i)).toBox(image.label().grid());
      if (!zoomed(labels.roi(i)).toBox(image.level().grid()).isEmpty()) {
        units.addAll(image.label().array().writeUnits().touching(box));
      }
    }
    return units;
  }

  private static Set<GridPosition> units(ZarrArray array, Set<GridPosition> chunks) {
    Set<GridPosition> units = new HashSet<>();
    chunks.forEach(chunk -> units.add(array.writeUnitOf(chunk)));
    return units;
  }

  /** A shard is read whole, an unsharded chunk is its own write unit. */
  private static Set<GridPosition> reads(ZarrArray array, Set<GridPosition> chunks) {
    return units(array, chunks);
  }

  /**
   * @param touched chunks of the transformed level that were read and changed
   */
  private void pyramidInMemory(Set<GridPosition> touched) {
    List<Box> changed = changed(touched);
    Set<GridPosition> atHand = touched;
    for (PyramidStep step : image.steps()) {
      Map<GridPosition, List<Box>> derived = PyramidTask.derived(step, changed);
      Set<GridPosition> finer = new HashSet<>(sources(step, derived.values()));
      finer.removeAll(atHand);
      Set<GridPosition> read = reads(step.source(), finer);
      read.removeAll(reads(step.source(), atHand));
      read(step.source(), read);
      derived.forEach((unit, boxes) -> make(step, unit, boxes));
      changed = derived.values().stream().flatMap(List::stream).toList();
      atHand = new HashSet<>();
      for (Box box : changed) {
        atHand.addAll(step.target().chunks().touching(box));
      }
    }
  }

  private static Set<GridPosition> sources(PyramidStep step, Iterable<List<Box>> units) {
    Set<GridPosition> needed = new HashSet<>();
    for (List<Box> boxes : units) {
      for (Box box : boxes) {
        needed.addAll(step.source().chunks().touching(step.needed(List.of(box))));
      }
    }
    return needed;
  }

  private void pyramidFromStage(List<Box> finest) {
    List<Box> changed = finest;
    for (PyramidStep step : image.steps()) {
      Map<GridPosition, List<Box>> derived = PyramidTask.derived(step, changed);
      derived.forEach(
          (unit, boxes) -> {
            make(step, unit, boxes);
            read(step.source(), reads(step.source(), sources(step, List.of(boxes))));
          });
      tasks += derived.size();
      changed = derived.values().stream().flatMap(List::stream).toList();
    }
  }

  /** One write unit of a coarser level; it is read unless all of it is made. */
  private void make(PyramidStep step, GridPosition unit, List<Box> boxes) {
    ZarrArray target = step.target();
    boolean all = true;
    Set<GridPosition> old = new HashSet<>();
    for (GridPosition chunk : target.chunks().touching(target.writeUnits().box(unit))) {
      Box inside = target.chunks().box(chunk);
      boolean touched = boxes.stream().anyMatch(box -> !box.intersect(inside).isEmpty());
      boolean covered = boxes.stream().anyMatch(box -> box.contains(inside));
      if (touched && !covered) {
        old.add(chunk);
      }
      all &= touched;
    }
    boolean sharded = target.metadata().shards().isPresent();
    if (!old.isEmpty() || (sharded && !all)) {
      read(target, sharded ? Set.of(unit) : old);
    }
    write(target, Set.of(unit));
    pyramidUnits++;
  }

  private void readLabels(Iterable<GridPosition> units) {
    for (GridPosition unit : units) {
      labelChunksRead++;
      bytesRead += length(image.label().array(), unit);
    }
  }

  private void read(ZarrArray array, Set<GridPosition> units) {
    chunksRead += units.size();
    units.forEach(unit -> bytesRead += length(array, unit));
  }

  private void write(ZarrArray array, Set<GridPosition> units) {
    units.forEach(unit -> bytesWritten += length(array, unit));
  }

  private long length(ZarrArray array, GridPosition unit) {
    return lengths.computeIfAbsent(
        array.key(unit), key -> array.path().store().status(key).map(KeyStatus::length).orElse(0L));
  }
}
