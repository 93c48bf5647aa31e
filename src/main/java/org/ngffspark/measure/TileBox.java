// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.Box;

/** Boxes with axes t, z, y, x, whatever axes there are on disk. */
final class TileBox {
  static final int T = 0;
  static final int Z = 1;
  static final int Y = 2;
  static final int X = 3;
  private static final AxisName[] AXES = {AxisName.T, AxisName.Z, AxisName.Y, AxisName.X};

  private TileBox() {}

  /**
   * @param box in the order of {@code axes}
   * @return the same box; axes that are missing are 0 to 1
   */
  static Box of(Axes axes, Box box) {
    long[] start = new long[AXES.length];
    long[] stop = new long[AXES.length];
    for (int i = 0; i < AXES.length; i++) {
      int axis = axes.index(AXES[i]).orElse(-1);
      start[i] = axis < 0 ? 0 : box.start(axis);
      stop[i] = axis < 0 ? 1 : box.stop(axis);
    }
    return Box.of(start, stop);
  }

  static AxisName axis(int index) {
    return AXES[index];
  }

  static int axes() {
    return AXES.length;
  }
}
