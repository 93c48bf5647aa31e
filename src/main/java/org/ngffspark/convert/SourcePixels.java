// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.util.List;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * The pixels of a level as they are to be copied: some of its channels, in a type.
 *
 * @param axis the channel axis, if some of its channels are taken; -1 if all of the array is
 * @param channels indices on that axis, in the order wanted; empty if all of the array is taken
 */
record SourcePixels(ZarrArray array, TypeChange type, int axis, List<Integer> channels) {
  private static final int NO_AXIS = -1;

  SourcePixels {
    channels = List.copyOf(channels);
  }

  /** All of an array. */
  static SourcePixels of(ZarrArray array, TypeChange type) {
    return new SourcePixels(array, type, NO_AXIS, List.of());
  }

  private boolean isWhole() {
    return axis == NO_AXIS;
  }

  /** The chunks that are read. Channels that are chosen are read one by one. */
  ChunkGrid chunks() {
    Shape chunk = array.chunks().chunk();
    return isWhole()
        ? array.chunks()
        : new ChunkGrid(array.shape().with(axis, channels.size()), chunk.with(axis, 1));
  }

  /** How many chunks of the array hold these pixels. */
  long count() {
    if (isWhole()) {
      return array.chunks().count();
    }
    long length = array.chunks().chunk().get(axis);
    long touched = channels.stream().map(channel -> channel / length).distinct().count();
    return chunks().count() / channels.size() * touched;
  }

  /** Bytes of an element while it is held, the larger of before and after. */
  int width() {
    return Math.max(array.type().bytes(), type.type(array.type()).bytes());
  }

  /**
   * The pixels of a box.
   *
   * @param box in the axes of the array, channels counted as in {@code channels}
   */
  NdArray read(Box box) {
    if (isWhole()) {
      return type.apply(array.read(box));
    }
    NdArray pixels = NdArray.zeros(array.type(), box.shape());
    Box all = Box.whole(box.shape());
    for (int at = 0; at < box.length(axis); at++) {
      int channel = channels.get((int) box.start(axis) + at);
      NdArray read = array.read(box.with(axis, channel, channel + 1));
      pixels.paste(read, Box.whole(read.shape()), all.with(axis, at, at + 1));
    }
    return type.apply(pixels);
  }

  /** The layout of an array of these pixels that is laid out as the source is. */
  ArrayMetadata metadata() {
    ArrayMetadata source = array.metadata();
    DataType changed = type.type(source.type());
    ArrayMetadata like = isWhole() ? source : source.like(chunks().array());
    if (changed == source.type()) {
      return like;
    }
    // Filters and fill values are made for one type.
    ArrayMetadata plain =
        ArrayMetadata.defaults(
            like.format(), like.shape(), like.chunks(), changed, like.dimensionNames());
    return like.shards().map(plain::withShards).orElse(plain);
  }
}
