// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

/**
 * Fills holes as {@code scipy.ndimage.binary_fill_holes} does: pixels outside that are not
 * connected to the border of the block through edges (3D: faces) of pixels outside.
 */
final class HoleFilling {
  private HoleFilling() {}

  /** The pixels with all holes filled. */
  static boolean[] of(boolean[] inside, Volume volume) {
    boolean[] outside = new boolean[inside.length];
    for (int pixel = 0; pixel < inside.length; pixel++) {
      outside[pixel] = !inside[pixel];
    }
    Components background = Components.of(outside, volume, Connectivity.FACES);
    boolean[] open = new boolean[background.count() + 1];
    int[] labels = background.labels();
    for (int axis = 3 - volume.dimensions(); axis < 3; axis++) {
      int last = (volume.length(axis) - 1) * volume.step(axis);
      volume.forEachLine(
          axis,
          first -> {
            open[labels[first]] = true;
            open[labels[first + last]] = true;
          });
    }
    boolean[] filled = new boolean[inside.length];
    for (int pixel = 0; pixel < inside.length; pixel++) {
      filled[pixel] = inside[pixel] || !open[labels[pixel]];
    }
    return filled;
  }
}
