// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.image.Patch;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/**
 * The Zarr group that holds the crops of one image: {@code pixels} (n and the axes of the image),
 * {@code masks} (the same without c), {@code labels} (n) and {@code boxes} (n, start and stop,
 * axes; pixels of the level). The arrays of pixels have a chunk for each object, many in a shard.
 */
final class CropArrays {
  private static final String ATTRIBUTE = "ngff_spark_crops";
  private static final String PIXELS = "pixels";
  private static final String MASKS = "masks";
  private static final long SHARD_BYTES = 64L << 20;
  private static final long SHARD_OBJECTS = 1024;

  private final StorePath group;
  private final OpenedImage image;
  private final int count;
  private final ArrayMetadata pixels;
  private final ArrayMetadata masks;

  /**
   * @param count of the objects
   * @throws IllegalArgumentException if the image has not the axes of the size
   */
  CropArrays(StorePath group, OpenedImage image, CropSize size, int count) {
    this.group = group;
    this.image = image;
    this.count = count;
    MaskedReader reader = image.masked().reader();
    Axes axes = image.level().axes();
    long[] lengths = size.of(axes, image.level().shape().toArray());
    axes.index(AxisName.C).ifPresent(axis -> lengths[axis] = reader.channels().length);
    this.pixels = metadata(image.level().type(), axes, lengths);
    long[] maskLengths =
        axes.without(AxisName.C).names().stream()
            .mapToLong(name -> lengths[axes.names().indexOf(name)])
            .toArray();
    this.masks = metadata(DataType.BOOL, axes.without(AxisName.C), maskLengths);
  }

  private ArrayMetadata metadata(DataType type, Axes axes, long[] lengths) {
    List<String> names = new ArrayList<>(List.of("n"));
    names.addAll(axes.names());
    long bytes = Shape.of(lengths).elements() * type.bytes();
    long shard = Math.max(1, Math.min(Math.min(count, SHARD_OBJECTS), SHARD_BYTES / bytes));
    return ArrayMetadata.defaults(
            ZarrFormat.V3, prepended(count, lengths), prepended(1, lengths), type, names)
        .withShards(prepended(shard, lengths));
  }

  private static Shape prepended(long first, long[] lengths) {
    long[] all = new long[lengths.length + 1];
    all[0] = first;
    System.arraycopy(lengths, 0, all, 1, lengths.length);
    return Shape.of(all);
  }

  /** Objects in a shard of pixels. */
  int shardLength() {
    return (int) pixels.writeUnit().get(0);
  }

  /**
   * Removes crops of an earlier run.
   *
   * @throws FormatException if something else lies there
   */
  void clear() {
    if (Group.open(group).map(there -> !there.attributes().has(ATTRIBUTE)).orElse(false)) {
      throw new FormatException(
          group.toString(), "there is a Zarr group that holds no crops; give another --to");
    }
    for (String name : List.of(PIXELS, MASKS, "labels", "boxes")) {
      group.store().deleteTree(group.key(name));
    }
    group.store().delete(group.key("zarr.json"));
  }

  /**
   * Writes whole shards.
   *
   * @param from index of the first object
   * @return bytes that were written
   */
  long write(int from, List<NdArray> crops, List<NdArray> maskCrops) {
    return write(PIXELS, pixels, from, crops) + write(MASKS, masks, from, maskCrops);
  }

  private long write(String name, ArrayMetadata metadata, int from, List<NdArray> crops) {
    ZarrArray array = ZarrArray.at(group.child(name), metadata);
    long[] start = new long[metadata.shape().rank()];
    long[] stop = metadata.shape().toArray();
    start[0] = from;
    stop[0] = (long) from + crops.size();
    Box box = Box.of(start, stop);
    NdArray all = NdArray.zeros(metadata.type(), box.shape());
    int at = 0;
    for (NdArray crop : crops) {
      System.arraycopy(crop.bytes(), 0, all.bytes(), at, crop.bytes().length);
      at += crop.bytes().length;
    }
    array.write(box, all);
    return bytes(array, box);
  }

  private static long bytes(ZarrArray array, Box box) {
    long bytes = 0;
    for (GridPosition unit : array.writeUnits().touching(box)) {
      bytes +=
          array.path().store().status(array.key(unit)).map(status -> status.length()).orElse(0L);
    }
    return bytes;
  }

  /** Writes what is known of the objects without their pixels; last the group itself. */
  void finish(LabelBatch labels, List<Box> places) {
    ZarrArray.create(group.child(PIXELS), pixels);
    ZarrArray.create(group.child(MASKS), masks);
    Axes axes = image.level().axes();
    NdArray ids = NdArray.zeros(DataType.UINT64, Shape.of(count));
    NdArray boxes = NdArray.zeros(DataType.INT64, Shape.of(count, 2, axes.rank()));
    for (int i = 0; i < count; i++) {
      ids.buffer().putLong(i * Long.BYTES, labels.label(i));
      for (int axis = 0; axis < axes.rank(); axis++) {
        int at = (2 * i * axes.rank() + axis) * Long.BYTES;
        boxes.buffer().putLong(at, places.get(i).start(axis));
        boxes.buffer().putLong(at + axes.rank() * Long.BYTES, places.get(i).stop(axis));
      }
    }
    write("labels", ids, List.of("n"));
    write("boxes", boxes, List.of("n", "bound", "axis"));
    Group.create(group, ZarrFormat.V3, attributes(axes));
  }

  private void write(String name, NdArray values, List<String> names) {
    Shape shape = values.shape();
    ZarrArray.create(
            group.child(name),
            ArrayMetadata.defaults(ZarrFormat.V3, shape, shape, values.type(), names))
        .write(Box.whole(shape), values);
  }

  private ObjectNode attributes(Axes axes) {
    ObjectNode crops = JsonNodeFactory.instance.objectNode();
    ImageRef ref = image.ref();
    crops.put("image", ref.toString());
    crops.put("label", image.objects().labelName());
    axes.names().forEach(crops.putArray("axes")::add);
    image.masked().reader().channelNames().forEach(crops.putArray("channels")::add);
    return JsonNodeFactory.instance.objectNode().set(ATTRIBUTE, crops);
  }

  /** The mask of an object, without the axis of channels. */
  static Patch mask(MaskedPatch object) {
    Patch patch = object.patch();
    NdArray flags = NdArray.zeros(DataType.BOOL, patch.shape());
    object
        .mask()
        .forEachRun((start, length) -> Arrays.fill(flags.bytes(), start, start + length, (byte) 1));
    if (patch.axes().index(AxisName.C).isEmpty()) {
      return Patch.of(flags, patch.axes(), patch.pixelSize(), patch.box());
    }
    int axis = patch.axes().index(AxisName.C).getAsInt();
    NdArray first = flags.cut(Box.whole(patch.shape()).with(axis, 0, 1));
    Axes rest = patch.axes().without(AxisName.C);
    long[] lengths = new long[rest.rank()];
    long[] start = new long[rest.rank()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = patch.shape().get(patch.axes().names().indexOf(rest.names().get(i)));
    }
    NdArray flat = NdArray.wrap(DataType.BOOL, Shape.of(lengths), first.bytes());
    return Patch.of(flat, rest, patch.pixelSize(), Box.of(start, lengths));
  }
}
