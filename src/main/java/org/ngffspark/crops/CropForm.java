// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ngffspark.chunks.ChunkPool;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreException;

/**
 * What all crops of a set have in common.
 *
 * @param type of the pixels
 * @param axes names of the axes of a crop, in the order of the image
 * @param lengths of a crop along them, in pixels; of c the channels that are taken
 * @param channels names of these, in their order; empty for label images and without c
 */
public record CropForm(DataType type, List<String> axes, List<Long> lengths, List<String> channels)
    implements Serializable {
  private static final String CHANNELS = "c";
  private static final long SHARD_BYTES = 64L << 20;
  private static final long SHARD_OBJECTS = 1024;

  public CropForm {
    axes = List.copyOf(axes);
    lengths = List.copyOf(lengths);
    channels = List.copyOf(channels);
  }

  /**
   * The form of the first image that can be read.
   *
   * @param task that takes the pixels
   * @throws IllegalArgumentException if that image has not the axes of the size, or if none can be
   *     read and the first has not what the task asks for
   * @throws FormatException if none can be read, and the first is damaged
   * @throws StoreException if none can be read, and the store could not give the first
   */
  static CropForm first(List<ImageRef> images, ObjectTask<?, ?> task, CropSize size) {
    Optional<RuntimeException> unread = Optional.empty();
    for (ImageRef image : images) {
      try (OpenedImage opened = OpenedImage.unplanned(image, task, new ChunkPool(0))) {
        return of(opened, size);
      } catch (IllegalArgumentException | FormatException | StoreException wrong) {
        unread = unread.or(() -> Optional.of(wrong));
      }
    }
    throw unread.orElseThrow(() -> new IllegalArgumentException("There is no image to work on"));
  }

  private static CropForm of(OpenedImage image, CropSize size) {
    List<String> axes = image.level().axes().names();
    long[] lengths = size.of(image.level().axes(), image.level().shape().toArray());
    image
        .level()
        .axes()
        .index(AxisName.C)
        .ifPresent(axis -> lengths[axis] = image.masked().reader().channels().length);
    return new CropForm(
        image.level().type(),
        axes,
        Arrays.stream(lengths).boxed().toList(),
        image.masked().reader().channelNames());
  }

  /**
   * @throws IllegalArgumentException if crops of the image are of another form, or the image has
   *     not the axes of the size
   */
  void requireHolds(OpenedImage image, CropSize size) {
    CropForm other = of(image, size);
    if (!equals(other)) {
      throw new IllegalArgumentException(
          "its crops are "
              + other
              + ", and those of the first image are "
              + this
              + "; give it a set of its own, by another --to");
    }
  }

  /** The array of the pixels of so many crops: n, and the axes of a crop. */
  ArrayMetadata pixels(int count) {
    return metadata(type, axes, count);
  }

  /** The array of their masks, which have no c. */
  ArrayMetadata masks(int count) {
    return metadata(
        DataType.BOOL, axes.stream().filter(axis -> !axis.equals(CHANNELS)).toList(), count);
  }

  /** Crops in a shard of so many, the same for pixels and masks: then no two tasks share one. */
  int shardLength(int count) {
    long bytes = lengths.stream().reduce((long) type.bytes(), Math::multiplyExact);
    return (int) Math.max(1, Math.min(Math.min(count, SHARD_OBJECTS), SHARD_BYTES / bytes));
  }

  private ArrayMetadata metadata(DataType values, List<String> names, int count) {
    long[] each = names.stream().mapToLong(name -> lengths.get(axes.indexOf(name))).toArray();
    return ArrayMetadata.defaults(
            ZarrFormat.V3,
            prepended(count, each),
            prepended(1, each),
            values,
            Stream.concat(Stream.of("n"), names.stream()).toList())
        .withShards(prepended(shardLength(count), each));
  }

  private static Shape prepended(long first, long[] lengths) {
    long[] all = new long[lengths.length + 1];
    all[0] = first;
    System.arraycopy(lengths, 0, all, 1, lengths.length);
    return Shape.of(all);
  }

  /** As {@code uint16 c=2 y=64 x=64, channels DAPI, GFP}. */
  @Override
  public String toString() {
    List<String> parts =
        IntStream.range(0, axes.size()).mapToObj(i -> axes.get(i) + "=" + lengths.get(i)).toList();
    String pixels = type + " " + String.join(" ", parts);
    return channels.isEmpty() ? pixels : pixels + ", channels " + String.join(", ", channels);
  }
}
