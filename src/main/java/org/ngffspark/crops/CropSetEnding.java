// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunEnding;
import org.ngffspark.job.RunEnding.Step;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * Makes one set of the crops of all images. The crops of each image lie in a part of its own, which
 * is there wholly or not at all; only when the last image has ended is it known how many crops
 * there are and which come from where. Then each task copies the rows of one shard of the set.
 *
 * @param directory the Zarr group of the set
 * @param form of the crops
 * @param parts with crops, in the order of the images
 */
record CropSetEnding(URI directory, CropForm form, List<Part> parts) implements Serializable {
  /** Folder in the set that the parts lie in; no reader of Zarr takes it for a node. */
  private static final String PARTS = ".parts";

  /**
   * The crops of one image.
   *
   * @param folder below the folder of the parts
   * @param count number of crops
   */
  private record Part(String folder, int count) implements Serializable {}

  /** Crops of one part that follow each other. */
  private record Rows(Part part, int from, int count) implements Serializable {}

  CropSetEnding {
    parts = List.copyOf(parts);
  }

  /** The group that an image's crops go to first. */
  static StorePath part(URI directory, String folder) {
    StorePath all = StorePath.root(StoreLocations.open(directory)).child(PARTS);
    return folder.isEmpty() ? all.child("image") : all.child("images/" + folder);
  }

  /**
   * Looks what there is of each image.
   *
   * @param done images that are done, in the order of the set
   * @throws FormatException if one of them has no part
   */
  static RunEnding of(CropSetTask task, List<ImageRef> done) {
    List<Part> parts = new ArrayList<>();
    List<CropSetRecord> records = new ArrayList<>();
    for (ImageRef image : done) {
      CropSetRecord record =
          CropSetRecord.of(task.part(image))
              .orElseThrow(
                  () -> new FormatException(task.part(image).toString(), "there are no crops"));
      records.add(record);
      parts.add(new Part(task.files().folders().get(image), record.crops()));
    }
    CropSetEnding set =
        new CropSetEnding(
            task.files().directory(),
            task.form(),
            parts.stream().filter(part -> part.count() > 0).toList());
    return set.ending(CropSetRecord.joined(records).addTo(task.attributes()));
  }

  private RunEnding ending(ObjectNode attributes) {
    StorePath group = group();
    CropArrays.clear(group);
    List<Step> shards = new ArrayList<>();
    CropSetEnding set = this;
    for (int first = 0; first < count(); first += arrays().shardLength()) {
      int from = first;
      shards.add(() -> set.copyShard(from));
    }
    return new RunEnding(
        shards,
        () -> {
          if (!parts.isEmpty()) {
            finish(attributes);
          }
          removeParts(directory);
        });
  }

  /** Removes the crops of single images. */
  static void removeParts(URI directory) {
    StorePath root = StorePath.root(StoreLocations.open(directory));
    root.store().deleteTree(root.key(PARTS));
  }

  private int count() {
    return parts.stream().mapToInt(Part::count).reduce(0, Math::addExact);
  }

  private StorePath group() {
    return StorePath.root(StoreLocations.open(directory));
  }

  private CropArrays arrays() {
    return new CropArrays(group(), form, Math.max(1, count()));
  }

  private CropArrays arrays(Part part) {
    return new CropArrays(part(directory, part.folder()), form, part.count());
  }

  private void copyShard(int from) {
    CropArrays set = arrays();
    int length = Math.min(set.shardLength(), count() - from);
    List<NdArray> pixels = new ArrayList<>();
    List<NdArray> masks = new ArrayList<>();
    for (Rows rows : rows(from, from + length)) {
      CropArrays part = arrays(rows.part());
      pixels.add(part.pixels(rows.from(), rows.count()));
      masks.add(part.masks(rows.from(), rows.count()));
    }
    set.write(from, length, pixels, masks);
  }

  /** The rows of the parts that are these rows of the set. */
  private List<Rows> rows(int from, int to) {
    List<Rows> rows = new ArrayList<>();
    int start = 0;
    for (Part part : parts) {
      int first = Math.max(from, start);
      int end = Math.min(to, start + part.count());
      if (first < end) {
        rows.add(new Rows(part, first - start, end - first));
      }
      start += part.count();
    }
    return rows;
  }

  private void finish(ObjectNode attributes) {
    List<NdArray> labels = new ArrayList<>();
    List<NdArray> boxes = new ArrayList<>();
    List<CropSource> sources = new ArrayList<>();
    for (Part part : parts) {
      CropArrays arrays = arrays(part);
      labels.add(arrays.labels());
      boxes.add(arrays.boxes());
      sources.addAll(arrays.sources());
    }
    arrays()
        .finish(
            CropArrays.joined(DataType.UINT64, Shape.of(count()), labels),
            CropArrays.joined(DataType.INT64, Shape.of(count(), 2, form.axes().size()), boxes),
            sources,
            attributes);
  }
}
