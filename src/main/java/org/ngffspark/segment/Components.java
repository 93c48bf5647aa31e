// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Connected components, numbered from 1 in the order of their first pixels, as {@code
 * scipy.ndimage.label} numbers them.
 */
final class Components {
  private final int[] labels;
  private final int count;

  private Components(int[] labels, int count) {
    this.labels = labels;
    this.count = count;
  }

  /**
   * @param inside the pixels that belong to components
   */
  static Components of(boolean[] inside, Volume volume, Connectivity connectivity) {
    return of(pixel -> inside[pixel], (a, b) -> inside[a] && inside[b], volume, connectivity);
  }

  /**
   * Connected pixels of equal numbers.
   *
   * @param numbers 0 where a pixel belongs to no component
   */
  static Components ofEqual(int[] numbers, Volume volume, Connectivity connectivity) {
    return of(
        pixel -> numbers[pixel] != 0,
        (a, b) -> numbers[a] != 0 && numbers[a] == numbers[b],
        volume,
        connectivity);
  }

  /** Whether two pixels beside each other are connected. */
  @FunctionalInterface
  private interface Connected {
    boolean test(int a, int b);
  }

  private static Components of(
      IntPredicate inside, Connected connected, Volume volume, Connectivity connectivity) {
    int[] parent = new int[volume.size()];
    Arrays.setAll(parent, i -> i);
    for (int[] step : connectivity.before()) {
      join(connected, volume, step, parent);
    }
    int[] labels = new int[parent.length];
    int count = 0;
    // A root is the first pixel of its component.
    for (int pixel = 0; pixel < labels.length; pixel++) {
      if (inside.test(pixel)) {
        int root = root(parent, pixel);
        labels[pixel] = root == pixel ? ++count : labels[root];
      }
    }
    return new Components(labels, count);
  }

  private static void join(Connected connected, Volume volume, int[] step, int[] parent) {
    int offset = volume.index(step[0], step[1], step[2]);
    int firstX = Math.max(0, -step[2]);
    int lastX = Math.min(volume.width(), volume.width() - step[2]);
    for (int z = -step[0]; z < volume.depth(); z++) {
      for (int y = Math.max(0, -step[1]); y < volume.height() - Math.max(0, step[1]); y++) {
        int row = volume.index(z, y, 0);
        for (int x = firstX; x < lastX; x++) {
          if (connected.test(row + x, row + x + offset)) {
            union(parent, row + x, row + x + offset);
          }
        }
      }
    }
  }

  private static int root(int[] parent, int pixel) {
    int root = pixel;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  private static void union(int[] parent, int a, int b) {
    int first = root(parent, a);
    int second = root(parent, b);
    parent[Math.max(first, second)] = Math.min(first, second);
  }

  /** Of each pixel the number of its component; 0 outside. */
  int[] labels() {
    return labels;
  }

  int count() {
    return count;
  }
}
