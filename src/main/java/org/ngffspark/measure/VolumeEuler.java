// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/**
 * The Euler number of a mask of several planes with 26-connected pixels: components minus tunnels
 * plus cavities. It is that of the union of closed cubes, V - E + F - C.
 */
final class VolumeEuler {
  private final MaskBits mask;
  private long sum;

  private VolumeEuler(MaskBits mask) {
    this.mask = mask;
  }

  static long of(MaskBits mask) {
    VolumeEuler euler = new VolumeEuler(mask);
    for (int z = 0; z <= mask.depth(); z++) {
      for (int y = 0; y <= mask.height(); y++) {
        euler.addRow(z, y);
      }
    }
    return euler.sum;
  }

  /** Counts what begins at the corners before the pixels of a row: 8 pixels meet at each. */
  private void addRow(int z, int y) {
    int row = mask.row(z, y);
    int above = mask.row(z, y - 1);
    int behind = mask.row(z - 1, y);
    int behindAbove = mask.row(z - 1, y - 1);
    for (int word = 0; word < mask.words(); word++) {
      long cubes = mask.at(row, word);
      long alongY = cubes | mask.at(above, word);
      long alongZ = cubes | mask.at(behind, word);
      long rows = alongY | alongZ | mask.at(behindAbove, word);
      long alongX = cubes | mask.before(row, word);
      long withY = alongX | alongY | mask.before(above, word);
      long withZ = alongX | alongZ | mask.before(behind, word);
      long corners = rows | withY | withZ | mask.before(behindAbove, word);
      sum +=
          Long.bitCount(corners)
              - (Long.bitCount(rows) + Long.bitCount(withY) + Long.bitCount(withZ))
              + (Long.bitCount(alongX) + Long.bitCount(alongY) + Long.bitCount(alongZ))
              - Long.bitCount(cubes);
    }
  }
}
