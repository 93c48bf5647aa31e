// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import org.ngffspark.zarr.nd.Box;

/**
 * The faces of a tile behind which the image goes on. An object that reaches one of them may go on
 * in the next tile.
 */
final class TileEdges {
  private final int[] low = new int[ObjectMask.AXES];
  private final int[] high = new int[ObjectMask.AXES];

  /**
   * @param tile axes t, z, y, x
   */
  TileEdges(MeasuredImage image, Box tile) {
    int[] lengths = {image.depth(), image.height(), image.width()};
    for (int axis = 0; axis < ObjectMask.AXES; axis++) {
      long start = tile.start(axis + 1);
      long stop = tile.stop(axis + 1);
      low[axis] = start == 0 ? -1 : (int) start;
      high[axis] = stop >= lengths[axis] ? Integer.MAX_VALUE : (int) stop;
    }
  }

  boolean mayGoOn(ObjectMask mask) {
    for (int axis = 0; axis < ObjectMask.AXES; axis++) {
      if (mask.low(axis) == low[axis] || mask.low(axis) + mask.length(axis) == high[axis]) {
        return true;
      }
    }
    return false;
  }
}
