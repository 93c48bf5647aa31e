// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.ngffspark.zarr.nd.DataType;

/**
 * Finds the regions of one tile of a whole image. All steps give the same pixels for any tiling:
 * what a pixel follows from lies in its {@link Block}.
 */
final class TileSegmentation {
  private final Segmentation how;
  private final DataType type;
  private final double[] spacing;

  /**
   * @param type of the image
   * @param spacing lengths of a pixel along z, y and x
   * @throws IllegalArgumentException if objects are to be found in the whole image that way
   */
  TileSegmentation(Segmentation how, DataType type, double[] spacing) {
    this.how = how;
    this.type = type;
    this.spacing = spacing.clone();
    if (how.method() == ThresholdMethod.MASK) {
      throw new IllegalArgumentException("The method mask is for objects of a label image");
    }
  }

  /**
   * Pixels around a tile that its block holds along z, y and x; fewer at the border of the image.
   *
   * @param planes length of the image along z
   */
  int[] reach(int planes) {
    int[] reach = new int[3];
    for (int axis = planes == 1 ? 1 : 0; axis < 3; axis++) {
      int local = axis == 0 ? 0 : Foreground.reach(how);
      reach[axis] = Smoothing.reach(how.smooth(), axis, spacing) + local;
    }
    return reach;
  }

  /** The block with its values smoothed; those of the core are as they are in the whole image. */
  Block smoothed(Block block) {
    return block.with(Smoothing.of(block.values(), block.volume(), type, how.smooth(), spacing));
  }

  /**
   * The regions of the core.
   *
   * @param smoothed from {@link #smoothed}
   * @param threshold of the whole image, where the method needs one
   */
  TileRegions regions(Block smoothed, ImageBox place, OptionalDouble threshold) {
    boolean[] all = new boolean[smoothed.values().length];
    Arrays.fill(all, true);
    Segmentation plan = threshold.isPresent() ? Segmentation.above(threshold.getAsDouble()) : how;
    boolean[] inside = Foreground.of(plan, smoothed.values(), all, smoothed.volume());
    return TileRegions.of(how, smoothed.core(inside), place);
  }

  /**
   * The ids of the pixels of the core.
   *
   * @param ids of the tile's regions, from {@link TileClumps}
   */
  static long[] paint(TileRegions regions, long[] ids) {
    int[] labels = regions.labels();
    long[] painted = new long[labels.length];
    for (int pixel = 0; pixel < painted.length; pixel++) {
      if (labels[pixel] != 0) {
        painted[pixel] = ids[regions.index(labels[pixel])];
      }
    }
    return painted;
  }
}
