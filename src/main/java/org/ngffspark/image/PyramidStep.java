// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ngffspark.resample.Downsampling;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.FormatException;

/**
 * How one level of a pyramid follows from the level before it, write unit by write unit. Safe for
 * several threads.
 */
public final class PyramidStep {
  private static final long LARGEST_BLOCK = 1L << 28;

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
   * @throws FormatException if a level has more than 2^31 - 1 chunks
   */
  public static PyramidStep of(Pyramid.Kind kind, ZarrArray source, ZarrArray target) {
    Multiscale.requireListable(source);
    Multiscale.requireListable(target);
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

  /** Takes the chunks of the target level that are made. */
  public interface ChunkTarget {
    /** The content of a chunk, to be changed in part. */
    NdArray chunk(GridPosition chunk);

    /** The memory of a chunk of which every pixel inside the level is about to be written. */
    NdArray freshChunk(GridPosition chunk);
  }

  /**
   * Makes boxes of the target level; all other pixels stay.
   *
   * @param boxes in the target level, at least one
   * @param chunks decoded chunks of the source level
   */
  public void apply(List<Box> boxes, ChunkSource chunks, ChunkTarget made) {
    applyRest(boxes, Set.of(), chunks, made);
  }

  /**
   * Makes what follows from one chunk of the source level alone, while it is at hand.
   *
   * @param boxes in the target level, all that are to be made there
   * @return whether nothing else in the boxes is made from that chunk
   */
  public boolean applyAlone(
      GridPosition sourceChunk, List<Box> boxes, ChunkSource chunks, ChunkTarget made) {
    Box inside = source.chunks().box(sourceChunk);
    Box reach = rule.targetBox(inside);
    boolean complete = true;
    for (GridPosition chunk : target.chunks().touching(reach)) {
      List<Box> parts = parts(boxes, chunk);
      for (Box part : parts) {
        Box own = reach.intersect(part);
        boolean alone = own.isEmpty() || isAlone(inside, own);
        if (alone && !own.isEmpty()) {
          make(own, sourceChunk, chunks, content(chunk, parts, made), chunk);
        }
        complete &= alone;
      }
    }
    return complete;
  }

  /**
   * Makes boxes of the target level but for what follows from some chunks alone.
   *
   * @param boxes in the target level, at least one
   * @param done chunks of the source level that {@link #applyAlone} was called with
   */
  public void applyRest(
      List<Box> boxes, Set<GridPosition> done, ChunkSource chunks, ChunkTarget made) {
    for (GridPosition chunk : target.chunks().touching(union(boxes))) {
      List<Box> parts = parts(boxes, chunk);
      for (Box part : parts) {
        for (GridPosition sourceChunk : source.chunks().touching(rule.sourceBox(part))) {
          Box inside = source.chunks().box(sourceChunk);
          Box own = rule.targetBox(inside).intersect(part);
          if (!own.isEmpty() && !(done.contains(sourceChunk) && isAlone(inside, own))) {
            make(own, sourceChunk, chunks, content(chunk, parts, made), chunk);
          }
        }
      }
    }
  }

  private List<Box> parts(List<Box> boxes, GridPosition chunk) {
    Box inside = target.chunks().box(chunk);
    return boxes.stream().map(inside::intersect).filter(part -> !part.isEmpty()).toList();
  }

  private NdArray content(GridPosition chunk, List<Box> parts, ChunkTarget made) {
    boolean whole = covers(parts, target.chunks().box(chunk));
    return whole ? made.freshChunk(chunk) : made.chunk(chunk);
  }

  private boolean isAlone(Box sourceChunk, Box own) {
    return sourceChunk.contains(rule.sourceBox(own));
  }

  /** What one source chunk alone gives is made from it as it lies in memory. */
  private void make(
      Box own, GridPosition sourceChunk, ChunkSource chunks, NdArray content, GridPosition chunk) {
    Optional<NdArray> alone =
        isAlone(source.chunks().box(sourceChunk), own)
            ? chunks.chunk(source, sourceChunk)
            : Optional.empty();
    Block block =
        alone
            .map(pixels -> new Block(pixels, source.chunks().fullBox(sourceChunk)))
            .orElseGet(() -> block(List.of(own), Optional.of(chunks)));
    rule.apply(block.pixels, block.place, content, target.chunks().fullBox(chunk), own);
  }

  /** Makes boxes of one write unit of the target level in the store; the rest of it stays. */
  void apply(List<Box> boxes) {
    apply(boxes, LARGEST_BLOCK);
  }

  /**
   * @param largest bytes of the source level to hold at once, if chunks are no larger
   */
  void apply(List<Box> boxes, long largest) {
    Box all = union(boxes);
    if (bytes(needed(boxes)) > largest) {
      target.modify(all, (chunk, local, inBox) -> make(boxes, chunkBox(inBox.within(all)), chunk));
      return;
    }
    Block block = block(boxes, Optional.empty());
    if (covers(boxes, all)) {
      target.write(all, rule.apply(block.pixels, block.place, all));
      return;
    }
    target.modify(
        all, (chunk, local, inBox) -> paste(block, boxes, chunkBox(inBox.within(all)), chunk));
  }

  private double bytes(Box box) {
    double bytes = source.type().bytes();
    for (int axis = 0; axis < box.rank(); axis++) {
      bytes *= box.length(axis);
    }
    return bytes;
  }

  private void make(List<Box> boxes, Box chunk, NdArray content) {
    List<Box> parts = boxes.stream().map(chunk::intersect).filter(part -> !part.isEmpty()).toList();
    if (!parts.isEmpty()) {
      paste(block(parts, Optional.empty()), parts, chunk, content);
    }
  }

  /** The whole box of the chunk that a box lies in. */
  private Box chunkBox(Box part) {
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
        rule.apply(block.pixels, block.place, content, chunk, part);
      }
    }
  }
}
