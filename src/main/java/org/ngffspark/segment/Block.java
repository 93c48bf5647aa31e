// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.function.DoubleConsumer;

/**
 * Pixels of one channel and time point around a tile: those of the tile, its core, and as many
 * around it as its objects depend on, cut to the image.
 *
 * @param values of the block, in C order; axes z, y, x
 * @param volume lengths of the block
 * @param core lengths of the core
 * @param first index in the block of the first pixel of the core
 */
record Block(double[] values, Volume volume, Volume core, int first) {

  /** The index in the block of a row of the core. */
  int row(int z, int y) {
    return first + volume.index(z, y, 0);
  }

  /** The pixels of the core. */
  boolean[] core(boolean[] all) {
    boolean[] cut = new boolean[core.size()];
    for (int z = 0; z < core.depth(); z++) {
      for (int y = 0; y < core.height(); y++) {
        System.arraycopy(all, row(z, y), cut, core.index(z, y, 0), core.width());
      }
    }
    return cut;
  }

  /**
   * The smallest and the largest finite value of the core; the first is larger than the second if
   * there is none.
   */
  double[] range() {
    double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    forEachOfCore(
        value -> {
          if (Double.isFinite(value)) {
            range[0] = Math.min(range[0], value);
            range[1] = Math.max(range[1], value);
          }
        });
    return range;
  }

  /** The values of the core, in C order. */
  void forEachOfCore(DoubleConsumer consumer) {
    for (int z = 0; z < core.depth(); z++) {
      for (int y = 0; y < core.height(); y++) {
        int row = row(z, y);
        for (int x = row; x < row + core.width(); x++) {
          consumer.accept(values[x]);
        }
      }
    }
  }

  /** The same place with other values. */
  Block with(double[] newValues) {
    return new Block(newValues, volume, core, first);
  }
}
