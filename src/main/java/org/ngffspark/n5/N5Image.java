// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.n5;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.ngffspark.zarr.store.StorePath;

/**
 * What the attributes of a group of N5 say of an image, as the metadata of OME-NGFF 0.4 that say
 * the same. Known are, in this order, {@code multiscales} of OME-NGFF, {@code multiscales} with a
 * {@code transform} for each level (COSEM), and levels {@code s0}, {@code s1}, … with {@code
 * scales}, {@code downsamplingFactors}, {@code pixelResolution} or {@code resolution} (N5 viewer,
 * BigDataViewer). A data set that tells its axes is an image too. Axes are those of N5 from the
 * last to the first.
 */
public final class N5Image {
  static final String MULTISCALES = "multiscales";
  static final String TRANSFORMATIONS = "coordinateTransformations";

  private N5Image() {}

  /**
   * The metadata of the image in a group; reads the attributes of levels where those of the group
   * do not say enough.
   *
   * @param attributes of the group, empty for a folder without attributes
   * @return all attributes, {@code multiscales} among them; empty if the group is no image
   * @throws org.ngffspark.zarr.store.FormatException if what they say of levels is wrong
   */
  public static Optional<ObjectNode> ome(StorePath group, ObjectNode attributes) {
    JsonNode entry = attributes.path(MULTISCALES).path(0);
    if (entry.isObject()) {
      boolean ngff = entry.path("datasets").path(0).has(TRANSFORMATIONS);
      return Optional.of(ngff ? attributes.deepCopy() : CosemLevels.ome(group, attributes));
    }
    return ViewerLevels.find(group, attributes).map(levels -> levels.ome(attributes));
  }

  /**
   * As {@link #ome}, of a data set that is an image with one level by itself: one that tells its
   * axes, by {@code transform} as in COSEM or by {@code axes}.
   *
   * @param attributes of the data set
   */
  public static Optional<ObjectNode> ofDataSet(StorePath dataSet, ObjectNode attributes) {
    return DataSetLevel.ome(dataSet, attributes);
  }

  /**
   * The attributes of a group that holds an image with these metadata of OME-NGFF 0.4: they
   * themselves, and beside them what N5 viewer, BigDataViewer and programs of COSEM read. Of a data
   * set that is an image by itself: what such programs read of a data set.
   */
  public static ObjectNode attributes(ObjectNode ome) {
    ObjectNode attributes = ome.deepCopy();
    if (attributes.path(MULTISCALES).path(0) instanceof ObjectNode entry) {
      ToolAttributes.add(attributes, entry);
      if (DataSetLevel.isIn(entry)) {
        return DataSetLevel.attributes(attributes);
      }
    }
    return attributes;
  }
}
