// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.util.Optional;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * An image or label image in a store: its metadata and the places of what belongs to it. A snapshot
 * of the moment it was opened; writing gives a new one.
 */
public final class ImageNode {
  private final OmeGroup group;
  private final ImageMetadata metadata;

  private ImageNode(OmeGroup group) {
    this.group = group;
    this.metadata = ImageMetadata.parse(group.attributes());
  }

  /**
   * Opens an image.
   *
   * @throws org.ngffspark.zarr.store.FormatException if there is no image, or its metadata are
   *     wrong
   */
  public static ImageNode open(StorePath path) {
    return new ImageNode(ContainerKind.IMAGE.open(path));
  }

  /**
   * Opens an image whose Zarr format is known, as that of a label image is by its image: this
   * spares looking for the other one.
   *
   * @throws org.ngffspark.zarr.store.FormatException if there is no image of that format, or its
   *     metadata are wrong
   */
  public static ImageNode open(StorePath path, ZarrFormat format) {
    return new ImageNode(ContainerKind.IMAGE.open(OmeGroup.open(path, format)));
  }

  /**
   * Writes the metadata of a new image; its arrays may lie there already. From then on the group is
   * an image for every reader.
   *
   * @throws IllegalArgumentException if there is an image already, or a group of the other format
   */
  public static ImageNode create(StorePath path, ImageMetadata metadata) {
    if (ContainerKind.find(path).isPresent()) {
      throw new IllegalArgumentException(path + " exists already; remove it first");
    }
    return new ImageNode(OmeGroup.write(path, metadata.form(), metadata.ome()));
  }

  public StorePath path() {
    return group.path();
  }

  public ImageMetadata metadata() {
    return metadata;
  }

  /** The format of Zarr that the image is stored in. */
  public ZarrFormat format() {
    return metadata.format();
  }

  /** Where the array of a level lies; level 0 is the finest. */
  public StorePath dataset(int level) {
    return path().child(metadata.datasets().get(level).path());
  }

  /**
   * Replaces the metadata.
   *
   * @throws IllegalArgumentException if they are of another version
   */
  public ImageNode write(ImageMetadata changed) {
    if (changed.version() != metadata.version()) {
      throw new IllegalArgumentException(
          path() + " is NGFF " + metadata.version() + ", got metadata of " + changed.version());
    }
    return new ImageNode(group.withOme(changed.ome()));
  }

  /**
   * The image that this one has labels and tables of, besides its own: a path as seen from this.
   *
   * @throws org.ngffspark.zarr.store.FormatException if it is no such path
   */
  public Optional<String> source() {
    return LinkedStore.link(group.group().attributes(), path().toString());
  }

  /** The label images of this image. */
  public LabelList labels() {
    return new LabelList(path(), metadata.form());
  }

  /**
   * The label images in the group around a data set of N5 that is an image by itself, to be read
   * only. Empty for other images, and where the store is none of the local file system.
   */
  public Optional<LabelList> labelsAround() {
    boolean isDataSet = format() == ZarrFormat.N5 && metadata.datasets().get(0).path().isEmpty();
    return isDataSet && source().isEmpty() && StoreLocations.isLocal(path().store().uri())
        ? Optional.of(new LabelList(path().child(LinkedStore.SOURCE), metadata.form()))
        : Optional.empty();
  }
}
