// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ngffspark.image.ChannelGroup.Stretch;
import org.ngffspark.zarr.ChunkEdit;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Reads and writes boxes of an array that take some channels of the channel axis, if it has one.
 */
final class SelectedChannels {
  private final OptionalInt axis;
  private final int[] indices;
  private final List<Stretch> stretches;
  private final int first;
  private final int last;

  /** Takes neighbouring channels of a box, in the array's coordinates and in the patch's. */
  @FunctionalInterface
  private interface PartConsumer {
    void part(Box onDisk, Box inPatch);
  }

  /**
   * @param axis of the channels; empty if the array has none
   */
  SelectedChannels(OptionalInt axis, int[] indices) {
    this.axis = axis;
    this.indices = indices;
    this.stretches = ChannelGroup.stretches(indices);
    this.first = Arrays.stream(indices).min().orElse(0);
    this.last = Arrays.stream(indices).max().orElse(0);
  }

  int count() {
    return indices.length;
  }

  int[] indices() {
    return indices.clone();
  }

  /** The box of all channels narrowed to the range that the selected ones span. */
  Box span(Box box) {
    if (axis.isEmpty()) {
      return box;
    }
    return box.with(axis.getAsInt(), first, last + 1L);
  }

  Shape shape(Box box) {
    return axis.isEmpty() ? box.shape() : box.shape().with(axis.getAsInt(), indices.length);
  }

  /**
   * The pixels of a box, the channels in the order selected. Only chunks that hold some of them are
   * read, each once.
   *
   * @param box with all channels
   * @param source of decoded chunks; empty for the store
   */
  NdArray read(ZarrArray array, Box box, Optional<ChunkSource> source) {
    NdArray patch = NdArray.zeros(array.type(), shape(box));
    if (isOneStretch()) {
      read(array, span(box), patch, source);
      return patch;
    }
    for (ChannelGroup group : ChannelGroup.of(stretches, length(array.chunks()))) {
      Box span = span(box, group);
      // Unit by unit: channels between the selected ones take the memory of one unit, no more.
      for (GridPosition unit : array.writeUnits().touching(span)) {
        Box part = array.writeUnits().fullBox(unit).intersect(span);
        NdArray pixels = NdArray.zeros(array.type(), part.shape());
        read(array, part, pixels, source);
        forEachPart(
            group,
            part,
            box,
            (onDisk, inPatch) -> patch.paste(pixels, onDisk.relativeTo(part), inPatch));
      }
    }
    return patch;
  }

  private static void read(ZarrArray array, Box box, NdArray target, Optional<ChunkSource> source) {
    if (source.isPresent()) {
      array.read(box, target, source.get());
    } else {
      array.read(box, target);
    }
  }

  private boolean isOneStretch() {
    return axis.isEmpty() || stretches.size() == 1;
  }

  private long length(ChunkGrid grid) {
    return grid.chunk().get(axis.getAsInt());
  }

  private Box span(Box box, ChannelGroup group) {
    return box.with(axis.getAsInt(), group.first(), group.stop());
  }

  /**
   * The selected channels of a part of the array.
   *
   * @param box of the patch, with all channels
   */
  private void forEachPart(ChannelGroup group, Box part, Box box, PartConsumer consumer) {
    int c = axis.getAsInt();
    Box corner = box.with(c, 0, 0);
    for (Stretch stretch : group.stretches()) {
      long start = Math.max(part.start(c), stretch.onDisk());
      long stop = Math.min(part.stop(c), stretch.stop());
      if (start < stop) {
        long moved = (long) stretch.inPatch() - stretch.onDisk();
        consumer.part(
            part.with(c, start, stop),
            part.relativeTo(corner).with(c, start + moved, stop + moved));
      }
    }
  }

  /**
   * Writes all pixels of a box; each write unit is replaced once, with all of its channels.
   *
   * @param box with all channels
   * @throws IllegalArgumentException if a channel is selected twice
   */
  void write(ZarrArray array, Box box, NdArray patch) {
    requireDistinct();
    if (isOneStretch()) {
      array.write(span(box), patch);
      return;
    }
    for (ChannelGroup group : ChannelGroup.of(stretches, length(array.writeUnits()))) {
      Box span = span(box, group);
      if (group.isGapless()) {
        NdArray pixels = NdArray.zeros(patch.type(), span.shape());
        forEachPart(
            group,
            span,
            box,
            (onDisk, inPatch) -> pixels.paste(patch, inPatch, onDisk.relativeTo(span)));
        array.write(span, pixels);
      } else {
        modify(array, group, span, box, (chunk, to, from) -> chunk.paste(patch, from, to));
      }
    }
  }

  /**
   * Writes the pixels of a mask; only write units that it touches are read and replaced, each once.
   *
   * @param box with all channels
   * @throws IllegalArgumentException if a channel is selected twice
   */
  void write(ZarrArray array, Box box, NdArray patch, Mask mask) {
    requireDistinct();
    Box bounds = mask.bounds();
    if (bounds.isEmpty()) {
      return;
    }
    if (axis.isEmpty()) {
      array.modify(
          bounds.within(box),
          (chunk, local, inBox) -> mask.paste(patch, inBox.within(bounds), chunk, local));
      return;
    }
    List<Stretch> touched = within(bounds.start(axis.getAsInt()), bounds.stop(axis.getAsInt()));
    Box around = bounds.within(box.with(axis.getAsInt(), 0, 0));
    for (ChannelGroup group : ChannelGroup.of(touched, length(array.writeUnits()))) {
      modify(
          array,
          group,
          span(around, group),
          box,
          (chunk, to, from) -> mask.paste(patch, from, chunk, to));
    }
  }

  /** The selected channels in a range of the patch. */
  private List<Stretch> within(long start, long stop) {
    int[] inside = Arrays.copyOfRange(indices, (int) start, (int) stop);
    return ChannelGroup.stretches(inside).stream()
        .map(
            stretch ->
                new Stretch(stretch.onDisk(), stretch.inPatch() + (int) start, stretch.count()))
        .toList();
  }

  /**
   * @param edit gets the selected channels of a chunk, and the same part in the patch
   */
  private void modify(ZarrArray array, ChannelGroup group, Box span, Box box, ChunkEdit edit) {
    array.modify(
        span,
        (chunk, local, inBox) -> {
          Box part = inBox.within(span);
          Box origin = part.relativeTo(local);
          forEachPart(
              group,
              part,
              box,
              (onDisk, inPatch) -> edit.apply(chunk, onDisk.relativeTo(origin), inPatch));
        });
  }

  private void requireDistinct() {
    if (Arrays.stream(indices).distinct().count() < indices.length) {
      throw new IllegalArgumentException(
          "A channel can be written once only, got channels " + Arrays.toString(indices));
    }
  }
}
