// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import org.ngffspark.image.Patch;

/** Ids of one plane, with the distance of each pixel to another id in its column. */
final class IdPlane {
  private static final int NONE = Integer.MAX_VALUE;

  private final int width;
  private final int height;
  private final long[] ids;
  private final int[] columnDistances;

  /**
   * @param from flat index of the plane's first pixel
   * @param to flat index after its last pixel
   */
  IdPlane(Patch patch, int from, int width, int to) {
    this.width = width;
    this.ids = new long[to - from];
    this.height = ids.length / width;
    for (int i = 0; i < ids.length; i++) {
      ids[i] = patch.integer(from + (long) i);
    }
    this.columnDistances = new int[ids.length];
    for (int x = 0; x < width; x++) {
      measureColumn(x);
    }
  }

  private void measureColumn(int x) {
    int distance = NONE;
    for (int y = 0; y < height; y++) {
      int i = y * width + x;
      distance = y > 0 && ids[i - width] != ids[i] ? 1 : distance == NONE ? NONE : distance + 1;
      columnDistances[i] = distance;
    }
    distance = NONE;
    for (int y = height - 1; y >= 0; y--) {
      int i = y * width + x;
      boolean changes = y < height - 1 && ids[i + width] != ids[i];
      distance = changes ? 1 : distance == NONE ? NONE : distance + 1;
      columnDistances[i] = Math.min(columnDistances[i], distance);
    }
  }

  /**
   * True if a pixel of another id lies nearer than {@code radius} (Euclidean, centre to centre).
   * What lies outside the plane is not known and does not count.
   */
  boolean isNearAnother(int index, double radius) {
    int x = index % width;
    int row = index - x;
    int reach = (int) Math.min(width, Math.ceil(radius));
    int last = Math.min(width - 1, x + reach);
    for (int column = Math.max(0, x - reach); column <= last; column++) {
      int i = row + column;
      // In a column of the same id, what is another id there is another id here too.
      long across = ids[i] != ids[index] ? 0 : columnDistances[i];
      long along = (long) column - x;
      if (across != NONE && Math.sqrt((double) (across * across + along * along)) < radius) {
        return true;
      }
    }
    return false;
  }
}
