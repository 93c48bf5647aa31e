// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.StringArray;
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
 * The Zarr group that holds crops: {@code pixels} (n and the axes of the images), {@code masks}
 * (the same without c), and what is known of each crop as columns (n). The arrays of pixels have a
 * chunk for each crop, many in a shard.
 */
final class CropArrays {
  private static final String ATTRIBUTE = "ngff_spark_crops";
  private static final String PIXELS = "pixels";
  private static final String MASKS = "masks";
  private static final String LABELS = "labels";
  private static final String BOXES = "boxes";
  private static final String N = "n";

  private final StorePath group;
  private final CropForm form;
  private final int count;

  /**
   * @param count of the crops, at least 1
   */
  CropArrays(StorePath group, CropForm form, int count) {
    this.group = group;
    this.form = form;
    this.count = count;
  }

  /**
   * Looks whether crops may be written there.
   *
   * @throws FormatException if a Zarr group lies there that holds no crops
   */
  static void requireFree(StorePath group) {
    if (Group.open(group).map(there -> !there.attributes().has(ATTRIBUTE)).orElse(false)) {
      throw new FormatException(
          group.toString(), "there is a Zarr group that holds no crops; give another --to");
    }
  }

  /**
   * Removes crops of an earlier run, their group first: what is left of a set is none.
   *
   * @throws FormatException if something else lies there
   */
  static void clear(StorePath group) {
    requireFree(group);
    group.store().delete(group.key("zarr.json"));
    Stream.concat(Stream.of(PIXELS, MASKS, LABELS, BOXES), CropSource.COLUMNS.stream())
        .forEach(name -> group.store().deleteTree(group.key(name)));
  }

  /** Crops in a shard. */
  int shardLength() {
    return form.shardLength(count);
  }

  /**
   * Writes whole shards.
   *
   * @param from index of the first crop
   * @param rows number of crops
   * @param crops their pixels, one or several crops each, in their order
   * @param maskCrops their masks, alike
   * @return bytes that were written
   */
  long write(int from, int rows, List<NdArray> crops, List<NdArray> maskCrops) {
    return write(PIXELS, form.pixels(count), from, rows, crops)
        + write(MASKS, form.masks(count), from, rows, maskCrops);
  }

  private long write(String name, ArrayMetadata metadata, int from, int rows, List<NdArray> crops) {
    ZarrArray array = ZarrArray.at(group.child(name), metadata);
    Box box = rows(metadata, from, rows);
    array.write(box, joined(metadata.type(), box.shape(), crops));
    return bytes(array, box);
  }

  /** Arrays one after the other along n. */
  static NdArray joined(DataType type, Shape shape, List<NdArray> arrays) {
    NdArray all = NdArray.zeros(type, shape);
    int at = 0;
    for (NdArray array : arrays) {
      System.arraycopy(array.bytes(), 0, all.bytes(), at, array.bytes().length);
      at += array.bytes().length;
    }
    return all;
  }

  private static Box rows(ArrayMetadata metadata, int from, int rows) {
    return Box.whole(metadata.shape()).with(0, from, (long) from + rows);
  }

  private static long bytes(ZarrArray array, Box box) {
    long bytes = 0;
    for (GridPosition unit : array.writeUnits().touching(box)) {
      bytes +=
          array.path().store().status(array.key(unit)).map(status -> status.length()).orElse(0L);
    }
    return bytes;
  }

  /** Pixels of some crops: n and the axes of a crop. */
  NdArray pixels(int from, int rows) {
    return read(PIXELS, form.pixels(count), from, rows);
  }

  /** Masks of some crops: n and the axes of a crop, without c. */
  NdArray masks(int from, int rows) {
    return read(MASKS, form.masks(count), from, rows);
  }

  private NdArray read(String name, ArrayMetadata metadata, int from, int rows) {
    return ZarrArray.at(group.child(name), metadata).read(rows(metadata, from, rows));
  }

  /** Label ids of the crops: n, uint64. */
  NdArray labels() {
    return column(LABELS);
  }

  /** Places in their images: n, start and stop, axes; int64, in pixels of the level. */
  NdArray boxes() {
    return column(BOXES);
  }

  /** Where each crop comes from. */
  List<CropSource> sources() {
    List<List<String>> columns =
        CropSource.COLUMNS.stream()
            .map(name -> StringArray.open(group.child(name), ZarrFormat.V3).read())
            .toList();
    List<CropSource> sources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int row = i;
      sources.add(CropSource.of(columns.stream().map(column -> column.get(row)).toList()));
    }
    return sources;
  }

  private NdArray column(String name) {
    ZarrArray array = ZarrArray.open(group.child(name), ZarrFormat.V3);
    return array.read(Box.whole(array.shape()));
  }

  /**
   * Writes what is known of the crops without their pixels; last the group itself.
   *
   * @param sources where each crop comes from
   * @param attributes of the group
   */
  void finish(NdArray labels, NdArray boxes, List<CropSource> sources, ObjectNode attributes) {
    ZarrArray.create(group.child(PIXELS), form.pixels(count));
    ZarrArray.create(group.child(MASKS), form.masks(count));
    write(LABELS, labels, List.of(N));
    write(BOXES, boxes, List.of(N, "bound", "axis"));
    for (String name : CropSource.COLUMNS) {
      List<String> texts = sources.stream().map(source -> source.value(name)).toList();
      StringArray.create(
          group.child(name), ZarrFormat.V3, texts, JsonNodeFactory.instance.objectNode());
    }
    finish(attributes);
  }

  /**
   * Writes the group itself, of crops that there are none of.
   *
   * @param attributes of the group
   */
  void finish(ObjectNode attributes) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.set(ATTRIBUTE, attributes);
    Group.create(group, ZarrFormat.V3, all);
  }

  /** The attributes of crops that are complete; empty if there are none. */
  static Optional<JsonNode> attributes(StorePath group) {
    return Group.open(group, ZarrFormat.V3)
        .map(there -> there.attributes().path(ATTRIBUTE))
        .filter(JsonNode::isObject);
  }

  private void write(String name, NdArray values, List<String> names) {
    Shape shape = values.shape();
    ZarrArray.create(
            group.child(name),
            ArrayMetadata.defaults(ZarrFormat.V3, shape, shape, values.type(), names))
        .write(Box.whole(shape), values);
  }
}
