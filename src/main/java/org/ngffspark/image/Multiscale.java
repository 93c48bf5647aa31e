// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.List;
import java.util.stream.IntStream;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

/** The levels of an image or label image as its metadata list them; 0 is the finest. */
record Multiscale(ImageNode node) {

  private ImageMetadata metadata() {
    return node.metadata();
  }

  /**
   * @throws IllegalArgumentException if there is no such level
   * @throws FormatException if its array has not the axes of the metadata
   */
  ZarrArray array(int level) {
    int levels = metadata().datasets().size();
    if (level < 0 || level >= levels) {
      throw new IllegalArgumentException(
          "No level " + level + " in " + node.path() + "; it has 0 to " + (levels - 1));
    }
    ZarrArray array = ZarrArray.open(node.dataset(level), node.format());
    if (array.shape().rank() != metadata().axes().rank()) {
      throw new FormatException(
          array.path().toString(),
          "shape "
              + array.shape()
              + " does not fit the axes "
              + metadata().axes().names()
              + " of the image");
    }
    return array;
  }

  /**
   * For what goes through all chunks of a level.
   *
   * @throws FormatException if they are more than a list can hold
   */
  static void requireListable(ZarrArray array) {
    ChunkGrid chunks = array.chunks();
    if (chunks.count() > Integer.MAX_VALUE) {
      throw new FormatException(
          array.path().toString(),
          "shape %s in chunks of %s makes %d chunks; at most %d are supported"
              .formatted(chunks.array(), chunks.chunk(), chunks.count(), Integer.MAX_VALUE));
    }
  }

  /**
   * @param name of the image, for messages
   */
  PixelGrid grid(int level, Shape shape, String name) {
    Dataset dataset = metadata().datasets().get(level);
    double[] translation =
        dataset.translation().stream().mapToDouble(Double::doubleValue).toArray();
    return PixelGrid.of(
            name + " level " + level, metadata().axes(), shape, metadata().pixelSize(level))
        .translated(translation);
  }

  /** The level whose pixel size is nearest; the first on ties. */
  int nearest(PixelSize pixelSize) {
    List<PixelSize> sizes =
        IntStream.range(0, metadata().datasets().size()).mapToObj(metadata()::pixelSize).toList();
    return pixelSize.nearest(sizes);
  }
}
