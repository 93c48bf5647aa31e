// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.util.List;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * The pixels of a level as they are to be copied: a part of them, some of its channels, in a type.
 *
 * @param box of the array; whole on the channel axis
 * @param axis the channel axis, if some of its channels are taken; -1 if all are
 * @param channels indices on that axis, in the order wanted; empty if all are taken
 */
record SourcePixels(ZarrArray array, Box box, TypeChange type, int axis, List<Integer> channels) {
  private static final int NO_AXIS = -1;

  SourcePixels {
    channels = List.copyOf(channels);
  }

  /** All channels. */
  static SourcePixels of(ZarrArray array, Box box, TypeChange type) {
    return new SourcePixels(array, box, type, NO_AXIS, List.of());
  }

  private boolean hasAllChannels() {
    return axis == NO_AXIS;
  }

  /** Lengths of the pixels that are copied. */
  Shape shape() {
    return hasAllChannels() ? box.shape() : box.shape().with(axis, channels.size());
  }

  /** The chunks that are read. Channels that are chosen are read one by one. */
  SourceChunks chunks() {
    Shape chunk = array.chunks().chunk();
    return hasAllChannels()
        ? new SourceChunks(box, chunk)
        : new SourceChunks(box.with(axis, 0, channels.size()), chunk.with(axis, 1));
  }

  /** How many chunks of the array hold these pixels. */
  long count() {
    if (hasAllChannels()) {
      return chunks().count();
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
   * The pixels of a part.
   *
   * @param part in the axes of the array, from the first pixel that is copied on; channels counted
   *     as in {@code channels}
   */
  NdArray read(Box part) {
    if (hasAllChannels()) {
      return type.apply(array.read(part.within(box)));
    }
    NdArray pixels = NdArray.zeros(array.type(), part.shape());
    Box all = Box.whole(part.shape());
    Box there = part.within(box);
    for (int at = 0; at < part.length(axis); at++) {
      int channel = channels.get((int) part.start(axis) + at);
      NdArray read = array.read(there.with(axis, channel, channel + 1));
      pixels.paste(read, Box.whole(read.shape()), all.with(axis, at, at + 1));
    }
    return type.apply(pixels);
  }

  /** The layout of an array of these pixels that is laid out as the source is. */
  ArrayMetadata metadata() {
    ArrayMetadata source = array.metadata();
    boolean isCut = !box.shape().equals(source.shape()) && source.shards().isEmpty();
    Shape chunks = isCut ? source.chunks().cutTo(box.shape()) : source.chunks();
    DataType changed = type.type(source.type());
    if (changed == source.type()) {
      return source.like(shape(), chunks);
    }
    // Filters and fill values are made for one type.
    ArrayMetadata plain =
        ArrayMetadata.defaults(source.format(), shape(), chunks, changed, source.dimensionNames());
    return source.shards().map(plain::withShards).orElse(plain);
  }
}
