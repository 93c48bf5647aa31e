// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ngffspark.roi.Downsampling;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.UnitUpdate;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/**
 * How one level of a pyramid follows from the level before it, write unit by write unit. Safe for
 * several threads.
 */
public final class PyramidStep {
  private final ZarrArray source;
  private final ZarrArray target;
  private final Downsampling rule;

  private PyramidStep(ZarrArray source, ZarrArray target, Downsampling rule) {
    this.source = source;
    this.target = target;
    this.rule = rule;
  }

  /**
   * @param source the finer level
   * @param target the level to make
   * @throws IllegalArgumentException if types or numbers of axes differ
   */
  public static PyramidStep of(Pyramid.Kind kind, ZarrArray source, ZarrArray target) {
    if (source.type() != target.type()) {
      throw new IllegalArgumentException(
          "Levels of one pyramid must have one type, got " + source + " and " + target);
    }
    return new PyramidStep(
        source,
        target,
        kind == Pyramid.Kind.LABEL
            ? Downsampling.nearest(source.shape(), target.shape())
            : Downsampling.linear(source.type(), source.shape(), target.shape()));
  }

  public ZarrArray source() {
    return source;
  }

  public ZarrArray target() {
    return target;
  }

  /**
   * The boxes of the target level that derive from boxes of the source level, by the write unit
   * that they lie in, in C order of the units. Boxes may overlap; none is empty.
   */
  public Map<GridPosition, List<Box>> derived(Collection<Box> changed) {
    ChunkGrid units = target.writeUnits();
    Map<GridPosition, List<Box>> derived = new TreeMap<>();
    for (Box box : changed) {
      Box all = rule.targetBox(box);
      for (GridPosition unit : units.touching(all)) {
        derived
            .computeIfAbsent(unit, position -> new ArrayList<>())
            .add(all.intersect(units.box(unit)));
      }
    }
    return derived;
  }

  /** The box of the source level that boxes of the target level are made from. */
  public Box needed(List<Box> boxes) {
    return rule.sourceBox(union(boxes));
  }

  private static Box union(List<Box> boxes) {
    return boxes.stream().reduce(Box::union).orElseThrow();
  }

  /**
   * Makes boxes of one write unit of the target level; the rest of the unit stays.
   *
   * @param boxes in the unit, at least one
   * @param chunks decoded chunks of the source level
   * @param update of the unit, which may belong to another array of the target's layout
   */
  public void apply(List<Box> boxes, ChunkSource chunks, UnitUpdate update) {
    Box all = union(boxes);
    Block block = block(boxes, Optional.of(chunks));
    for (GridPosition chunk : target.chunks().touching(all)) {
      Box full = target.chunks().fullBox(chunk);
      if (covers(boxes, target.chunks().box(chunk))) {
        paste(block, boxes, full, update.emptyChunk(chunk));
      } else if (boxes.stream().anyMatch(box -> !box.intersect(full).isEmpty())) {
        paste(block, boxes, full, update.chunk(chunk));
      }
      update.seal(chunk);
    }
  }

  /** Makes boxes of one write unit of the target level in the store; the rest of it stays. */
  void apply(List<Box> boxes) {
    Box all = union(boxes);
    Block block = block(boxes, Optional.empty());
    if (covers(boxes, all)) {
      target.write(all, rule.apply(block.pixels, block.place, all));
      return;
    }
    target.modify(
        all, (chunk, local, inBox) -> paste(block, boxes, chunkBox(all, local, inBox), chunk));
  }

  /** The box of a whole chunk in the level, from the places of the same pixels in box and chunk. */
  private Box chunkBox(Box all, Box local, Box inBox) {
    Box part = inBox.within(all);
    return target.chunks().fullBox(target.chunks().at(part));
  }

  private record Block(NdArray pixels, Box place) {}

  private Block block(List<Box> boxes, Optional<ChunkSource> chunks) {
    Box place = needed(boxes);
    NdArray pixels = NdArray.zeros(source.type(), place.shape());
    if (chunks.isPresent()) {
      source.read(place, pixels, chunks.get());
    } else {
      source.read(place, pixels);
    }
    return new Block(pixels, place);
  }

  private static boolean covers(List<Box> boxes, Box whole) {
    return boxes.stream().anyMatch(box -> box.contains(whole));
  }

  private void paste(Block block, List<Box> boxes, Box chunk, NdArray content) {
    for (Box box : boxes) {
      Box part = box.intersect(chunk);
      if (!part.isEmpty()) {
        NdArray made = rule.apply(block.pixels, block.place, part);
        content.paste(made, Box.whole(part.shape()), part.relativeTo(chunk));
      }
    }
  }
}
