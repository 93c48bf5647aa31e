// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.Arrays;

/**
 * The holes of a mask: pixels of its box outside it that are not connected to the outside of the
 * box, where pixels are neighbours if they touch at all (8 in 2D, 26 in 3D).
 */
final class Holes {
  private static final int OUTSIDE = 0;

  private final ObjectMask mask;
  // Of each run of empty pixels the first, and the one after the last; by row, ascending.
  private int[] from = new int[64];
  private int[] to = new int[64];
  private int size = 1;
  // The first run of each row.
  private final int[] rows;
  private int[] parent = new int[64];

  private Holes(ObjectMask mask) {
    this.mask = mask;
    this.rows = new int[Math.toIntExact((long) mask.depth() * mask.height()) + 1];
  }

  /** Number of pixels in holes. */
  static long pixels(ObjectMask mask) {
    Holes holes = new Holes(mask);
    holes.collect();
    holes.join();
    long pixels = 0;
    for (int run = 1; run < holes.size; run++) {
      pixels += holes.root(run) == OUTSIDE ? 0 : holes.to[run] - holes.from[run];
    }
    return pixels;
  }

  private void collect() {
    int[] runs = mask.relativeRuns();
    int at = 0;
    for (int row = 0; row + 1 < rows.length; row++) {
      rows[row] = size;
      int x = 0;
      while (at < runs.length && row(runs, at) == row) {
        add(x, runs[at + ObjectMask.X]);
        x = runs[at + ObjectMask.X] + runs[at + ObjectMask.AXES];
        at += ObjectMask.WIDTH;
      }
      add(x, mask.width());
    }
    rows[rows.length - 1] = size;
  }

  private int row(int[] runs, int at) {
    return runs[at + ObjectMask.Z] * mask.height() + runs[at + ObjectMask.Y];
  }

  private void add(int start, int end) {
    if (start >= end) {
      return;
    }
    if (size == from.length) {
      from = Arrays.copyOf(from, 2 * size);
      to = Arrays.copyOf(to, 2 * size);
      parent = Arrays.copyOf(parent, 2 * size);
    }
    from[size] = start;
    to[size] = end;
    parent[size] = size;
    size++;
  }

  private void join() {
    for (int z = 0; z < mask.depth(); z++) {
      for (int y = 0; y < mask.height(); y++) {
        joinOutside(z, y);
        joinRows(z, y, z, y - 1);
        for (int dy = -1; dy <= 1; dy++) {
          joinRows(z, y, z - 1, y + dy);
        }
      }
    }
  }

  private void joinOutside(int z, int y) {
    boolean border =
        y == 0
            || y == mask.height() - 1
            || mask.dimensions() == ObjectMask.AXES && (z == 0 || z == mask.depth() - 1);
    int row = z * mask.height() + y;
    for (int run = rows[row]; run < rows[row + 1]; run++) {
      if (border || from[run] == 0 || to[run] == mask.width()) {
        union(run, OUTSIDE);
      }
    }
  }

  private void joinRows(int z, int y, int otherZ, int otherY) {
    if (otherZ < 0 || otherY < 0 || otherY >= mask.height()) {
      return;
    }
    int row = z * mask.height() + y;
    int other = otherZ * mask.height() + otherY;
    int second = rows[other];
    for (int run = rows[row]; run < rows[row + 1]; run++) {
      while (second < rows[other + 1] && to[second] < from[run]) {
        second++;
      }
      int touching = second;
      while (touching < rows[other + 1] && from[touching] <= to[run]) {
        union(run, touching++);
      }
    }
  }

  private int root(int run) {
    int root = run;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  /** The lower root stays, so that what is joined to the outside has it as its root. */
  private void union(int a, int b) {
    int first = root(a);
    int second = root(b);
    parent[Math.max(first, second)] = Math.min(first, second);
  }
}
