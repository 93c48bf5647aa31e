// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
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

  /** Channels that are neighbours on disk and in the patch. */
  private record Stretch(int onDisk, int inPatch, int count) {}

  /**
   * @param axis of the channels; empty if the array has none
   */
  SelectedChannels(OptionalInt axis, int[] indices) {
    this.axis = axis;
    this.indices = indices;
    this.stretches = stretches(indices);
    this.first = Arrays.stream(indices).min().orElse(0);
    this.last = Arrays.stream(indices).max().orElse(0);
  }

  private static List<Stretch> stretches(int[] indices) {
    List<Stretch> stretches = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= indices.length; i++) {
      if (i == indices.length || indices[i] != indices[i - 1] + 1) {
        stretches.add(new Stretch(indices[start], start, i - start));
        start = i;
      }
    }
    return stretches;
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
   * The pixels of a box, the channels in the order selected.
   *
   * @param box with all channels
   * @param source of decoded chunks; empty for the store
   */
  NdArray read(ZarrArray array, Box box, Optional<ChunkSource> source) {
    NdArray patch = NdArray.zeros(array.type(), shape(box));
    if (axis.isEmpty()) {
      read(array, box, patch, source);
      return patch;
    }
    for (Stretch stretch : stretches) {
      Box part = onDisk(box, stretch);
      if (stretch.count == indices.length) {
        read(array, part, patch, source);
      } else {
        NdArray channels = NdArray.zeros(array.type(), part.shape());
        read(array, part, channels, source);
        patch.paste(channels, Box.whole(part.shape()), inPatch(patch.shape(), stretch));
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

  private Box onDisk(Box box, Stretch stretch) {
    return box.with(axis.getAsInt(), stretch.onDisk, (long) stretch.onDisk + stretch.count);
  }

  private Box inPatch(Shape patch, Stretch stretch) {
    return Box.whole(patch)
        .with(axis.getAsInt(), stretch.inPatch, (long) stretch.inPatch + stretch.count);
  }

  /**
   * Writes all pixels of a box.
   *
   * @param box with all channels
   * @throws IllegalArgumentException if a channel is selected twice
   */
  void write(ZarrArray array, Box box, NdArray patch) {
    requireDistinct();
    if (axis.isEmpty() || stretches.size() == 1) {
      array.write(span(box), patch);
      return;
    }
    for (Stretch stretch : stretches) {
      array.write(onDisk(box, stretch), patch.cut(inPatch(patch.shape(), stretch)));
    }
  }

  /**
   * Writes the pixels of a mask; only write units that it touches are read and written.
   *
   * @param box with all channels
   * @throws IllegalArgumentException if a channel is selected twice
   */
  void write(ZarrArray array, Box box, NdArray patch, Mask mask) {
    requireDistinct();
    Box bounds = mask.bounds();
    if (axis.isEmpty()) {
      paste(array, bounds.within(box), patch, mask, bounds);
      return;
    }
    for (Stretch stretch : stretches) {
      Box part = bounds.intersect(inPatch(patch.shape(), stretch));
      if (!part.isEmpty()) {
        long moved = (long) stretch.onDisk - stretch.inPatch;
        Box all = box.with(axis.getAsInt(), 0, 0);
        Box target = part.within(all);
        int c = axis.getAsInt();
        paste(
            array, target.with(c, part.start(c) + moved, part.stop(c) + moved), patch, mask, part);
      }
    }
  }

  private static void paste(ZarrArray array, Box target, NdArray patch, Mask mask, Box part) {
    array.modify(
        target, (chunk, local, inBox) -> mask.paste(patch, inBox.within(part), chunk, local));
  }

  private void requireDistinct() {
    if (Arrays.stream(indices).distinct().count() < indices.length) {
      throw new IllegalArgumentException(
          "A channel can be written once only, got channels " + Arrays.toString(indices));
    }
  }
}
