// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.BoxTarget;
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
   * Reads a part.
   *
   * @param part from the first pixel that is copied on; channels counted as in {@code channels}
   * @param target in the same pixels, of the type that they get
   */
  void read(Box part, BoxTarget target) {
    if (hasAllChannels()) {
      Box there = part.within(box);
      array.read(there, new Moved(target, there, box, array.type(), type));
      return;
    }
    for (long at = part.start(axis); at < part.stop(axis); at++) {
      int channel = channels.get((int) at);
      Box there = part.within(box).with(axis, channel, channel + 1);
      Box origin = box.with(axis, channel - at, channel - at);
      array.read(there, new Moved(target, there, origin, array.type(), type));
    }
  }

  /**
   * Hands pixels on as those of the copy.
   *
   * @param there what is read
   * @param origin starts where the first pixel of the copy lies
   * @param source type of what is read
   */
  private record Moved(BoxTarget target, Box there, Box origin, DataType source, TypeChange type)
      implements BoxTarget {
    private boolean isKept() {
      return type instanceof TypeChange.Kept;
    }

    @Override
    public Optional<NdArray> memory(Box place) {
      return isKept() && there.contains(place)
          ? target.memory(place.relativeTo(origin))
          : Optional.empty();
    }

    @Override
    public void paste(Box place, NdArray chunk, Box part) {
      Box to = place.relativeTo(origin);
      if (isKept()) {
        target.paste(to, chunk, part);
      } else {
        target.paste(to, type.apply(chunk.cut(part)), Box.whole(part.shape()));
      }
    }

    @Override
    public void fill(Box place, long bits) {
      if (isKept()) {
        target.fill(place.relativeTo(origin), bits);
      } else {
        NdArray pixels = NdArray.zeros(source, place.shape());
        pixels.fill(bits);
        paste(place, pixels, Box.whole(place.shape()));
      }
    }
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
