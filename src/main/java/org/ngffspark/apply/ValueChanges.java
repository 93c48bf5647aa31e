// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ngffspark.chunks.LevelWriter;
import org.ngffspark.image.Mask;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.job.ObjectFailure;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.transform.ValueMap;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.store.FormatException;

/**
 * Transforms the objects of one image where their pixels lie, one write unit after the other. That
 * is the same as {@link TransformedObjects} does, and cheaper, where a result follows from the
 * value of its pixel alone and no pixel belongs to two objects: none is looked at again after it
 * was changed, and a unit is decoded, changed and encoded while it is in the processor's cache. Not
 * safe for several threads.
 */
final class ValueChanges {
  private final ImagePasses passes;
  private final ValueMap values;
  private final ObjectMasks masks;
  private final ChunkSource labels;
  private final ChunkGrid units;
  private final ObjectNotes notes;
  private final BitSet havePixels = new BitSet();
  private long pixels;

  /**
   * A part of the work on a write unit.
   *
   * @param index of the object in its batch
   * @param box of the object in the level, in pixels
   */
  record Visit(int index, MaskedReader reader, Box box) {}

  /** All the work of a pass by write unit, ascending. */
  record Visits(SortedMap<GridPosition, List<Visit>> byUnit) {}

  /** Takes a write unit all of whose objects are transformed. */
  @FunctionalInterface
  interface UnitHandler {
    void changed(GridPosition unit);
  }

  ValueChanges(ImagePasses passes, ValueMap values, ObjectMasks masks, ObjectNotes notes) {
    this.passes = passes;
    this.values = values;
    this.masks = masks;
    this.notes = notes;
    this.labels = passes.image().labelChunks();
    this.units = passes.level().array().writeUnits();
  }

  /**
   * Changes all objects in all channels of a pass.
   *
   * @throws ObjectFailure if pixels that are needed cannot be decoded
   */
  void run(Visits visits, LevelWriter writer, UnitHandler handler) {
    SampledVisits sampled = new SampledVisits(passes, masks.objects(), writer);
    visits.byUnit.forEach(
        (unit, objects) -> {
          Box box = units.fullBox(unit);
          List<Mask> own = objects.stream().map(this::mask).toList();
          sampled.before(objects, own, box);
          for (int i = 0; i < own.size(); i++) {
            ValueMap map = sampled.summing(objects.get(i), values);
            change(objects.get(i), own.get(i), box, writer, map);
          }
          sampled.after(objects, box);
          handler.changed(unit);
        });
    sampled.take(visit -> masks.mask(visit.index, visit.reader, labels));
    notes.withoutPixel(masks.objects(), havePixels);
  }

  /** The boxes of the chunks that {@link #run} changes, in pixels of the level. */
  List<Box> changedBoxes(Visits visits) {
    ChunkGrid chunks = passes.level().array().chunks();
    if (units.equals(chunks)) {
      return visits.byUnit.keySet().stream().map(chunks::box).toList();
    }
    Set<GridPosition> changed = new TreeSet<>();
    visits.byUnit.forEach(
        (unit, objects) -> {
          Box box = units.fullBox(unit);
          objects.forEach(visit -> changed.addAll(chunks.touching(visit.box.intersect(box))));
        });
    return changed.stream().map(chunks::box).toList();
  }

  /**
   * What there is to do for some channels.
   *
   * @throws ObjectFailure if an object is too large
   */
  Visits visits(List<MaskedReader> readers) {
    SortedMap<GridPosition, List<Visit>> visits = new TreeMap<>();
    for (int index = 0; index < masks.objects().size(); index++) {
      for (MaskedReader reader : readers) {
        MaskPlacement place = masks.place(index, reader);
        Box box = reader.box(place);
        if (!box.isEmpty()) {
          passes.requireSize(masks.objects().label(index), place);
          notes.placed(masks.objects().label(index), reader, place);
          Visit visit = new Visit(index, reader, box);
          for (GridPosition unit : units.touching(box)) {
            visits.computeIfAbsent(unit, key -> new ArrayList<>()).add(visit);
          }
        }
      }
    }
    return new Visits(visits);
  }

  private Mask mask(Visit visit) {
    try {
      return masks.mask(visit.index, visit.reader, labels);
    } catch (FormatException damaged) {
      throw ObjectFailure.of(masks.objects().label(visit.index), damaged);
    }
  }

  private void change(Visit visit, Mask mask, Box unit, LevelWriter writer, ValueMap map) {
    try {
      havePixels.set(visit.index, havePixels.get(visit.index) || mask.count() > 0);
      pixels += writer.replace(visit.box, mask, unit, map);
    } catch (FormatException damaged) {
      throw ObjectFailure.of(masks.objects().label(visit.index), damaged);
    }
  }

  /** Pixels changed so far. */
  long pixels() {
    return pixels;
  }
}
