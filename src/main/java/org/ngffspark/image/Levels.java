// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.List;
import java.util.stream.IntStream;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

/** The levels of an image as its metadata list them. */
final class Levels {
  private Levels() {}

  /**
   * @throws IllegalArgumentException if there is no such level
   * @throws FormatException if its array has not the axes of the metadata
   */
  static ZarrArray array(ImageNode node, int level) {
    List<Dataset> datasets = node.metadata().datasets();
    if (level < 0 || level >= datasets.size()) {
      throw new IllegalArgumentException(
          "No level " + level + " in " + node.path() + "; it has 0 to " + (datasets.size() - 1));
    }
    ZarrArray array = ZarrArray.open(node.dataset(level), node.format());
    if (array.shape().rank() != node.metadata().axes().rank()) {
      throw new FormatException(
          array.path().toString(),
          "shape "
              + array.shape()
              + " does not fit the axes "
              + node.metadata().axes().names()
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
  static PixelGrid grid(ImageNode node, int level, Shape shape, String name) {
    Dataset dataset = node.metadata().datasets().get(level);
    double[] translation =
        dataset.translation().stream().mapToDouble(Double::doubleValue).toArray();
    return PixelGrid.of(
            name + " level " + level, node.metadata().axes(), shape, pixelSize(node, level))
        .translated(translation);
  }

  static PixelSize pixelSize(ImageNode node, int level) {
    double[] scale =
        node.metadata().datasets().get(level).scale().stream()
            .mapToDouble(Double::doubleValue)
            .toArray();
    return PixelSize.of(node.metadata().axes(), scale);
  }

  /** The level whose pixel size is nearest; the first on ties. */
  static int nearest(ImageNode node, PixelSize pixelSize) {
    return pixelSize.nearest(
        IntStream.range(0, node.metadata().datasets().size())
            .mapToObj(level -> pixelSize(node, level))
            .toList());
  }
}
