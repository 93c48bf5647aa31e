// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/** Gray levels over the box of an object, 0 outside it. */
final class LevelGrid {
  private final ObjectMask mask;
  private final byte[] levels;
  private int highest;

  private LevelGrid(ObjectMask mask) {
    this.mask = mask;
    this.levels = new byte[Math.toIntExact(mask.boxPixels())];
  }

  static LevelGrid of(ObjectMask mask, ChannelValues values, GrayLevels grayLevels) {
    LevelGrid grid = new LevelGrid(mask);
    GrayLevels scale = grayLevels.forType(values.type());
    double[] row = new double[mask.width()];
    int[] next = {0};
    mask.forEachRun(
        (z, y, x, length) -> {
          values.read(next[0], length, row);
          next[0] += length;
          for (int i = 0; i < length; i++) {
            grid.set(z, y, x + i, scale.level(row[i]));
          }
        });
    return grid;
  }

  private void set(int z, int y, int x, int level) {
    levels[index(z, y, x)] = (byte) level;
    highest = Math.max(highest, level);
  }

  private int index(int z, int y, int x) {
    return (z * mask.height() + y) * mask.width() + x;
  }

  /**
   * The pairs of levels above 0 of pixels that lie {@code distance} steps apart.
   *
   * @param direction steps along z, y and x
   */
  LevelPairs pairs(int[] direction, int distance) {
    LevelPairs pairs = new LevelPairs(highest);
    int dz = direction[ObjectMask.Z] * distance;
    int dy = direction[ObjectMask.Y] * distance;
    int dx = direction[ObjectMask.X] * distance;
    int firstX = Math.max(0, -dx);
    int lastX = Math.min(mask.width(), mask.width() - dx);
    for (int z = 0; z < mask.depth() - dz; z++) {
      for (int y = Math.max(0, -dy); y < Math.min(mask.height(), mask.height() - dy); y++) {
        int row = index(z, y, 0);
        int other = index(z + dz, y + dy, dx);
        for (int x = firstX; x < lastX; x++) {
          pairs.add(levels[row + x] & 0xff, levels[other + x] & 0xff);
        }
      }
    }
    return pairs;
  }
}
