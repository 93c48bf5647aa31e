// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Roi;

/** One level of a label image: each pixel holds the id of the object it belongs to, or 0. */
public final class Label extends ImageLevel {
  private final String name;

  Label(ImageNode node, int level, String name) {
    super(node, level, "label " + name);
    this.name = name;
  }

  /** The name in the container's list of labels. */
  public String name() {
    return name;
  }

  /**
   * The pixels that a region covers, cut to the image.
   *
   * @throws IllegalArgumentException if the region has a range on an axis that the image lacks
   */
  public Patch getRoi(Roi roi) {
    return read(allChannels(), roi.toBox(grid()));
  }

  /**
   * Writes all pixels that a region covers. Coarser levels stay as they are until {@link
   * #consolidate}.
   *
   * @throws IllegalArgumentException if shape or type of the patch are not those of the region
   */
  public void setRoi(Roi roi, Patch patch) {
    write(allChannels(), roi, patch);
  }

  SelectedChannels allChannels() {
    OptionalInt axis = axes().index(AxisName.C);
    int count = axis.isPresent() ? (int) shape().get(axis.getAsInt()) : 1;
    return new SelectedChannels(axis, IntStream.range(0, count).toArray());
  }

  /** The boxes of all objects, found in one pass over the stored chunks. */
  public LabelBoxes boxes() {
    return LabelBoxes.of(this);
  }
}
