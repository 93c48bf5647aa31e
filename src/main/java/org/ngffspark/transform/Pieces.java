// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.HashMap;
import java.util.Map;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.AxisName;

/**
 * The connected pieces of the ids inside an object, at one time point. Pixels that touch at a
 * corner are connected: 8 neighbours in a plane, 26 in a stack.
 */
final class Pieces {
  private final int from;
  private final int depth;
  private final int height;
  private final int width;

  /** 0 outside the object, where there is nothing to connect. */
  private final long[] ids;

  private final boolean[] seen;

  Pieces(MaskedPatch object, int from, int to) {
    this.from = from;
    Patch patch = object.patch();
    this.depth = patch.length(AxisName.Z);
    this.height = patch.length(AxisName.Y);
    this.width = patch.length(AxisName.X);
    this.ids = new long[to - from];
    this.seen = new boolean[ids.length];
    object
        .mask()
        .forEachRun(
            from,
            to,
            (start, length) -> {
              for (int i = start; i < start + length; i++) {
                ids[i - from] = patch.integer(i);
              }
            });
  }

  void clearAllButLargest(Patch result) {
    Map<Long, int[]> largest = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != 0 && !seen[i]) {
        int[] piece = collect(i);
        largest.merge(ids[i], piece, (before, now) -> larger(before, now, result));
      }
    }
  }

  /** Clears the smaller of two pieces, or the later of two equal ones. */
  private int[] larger(int[] before, int[] now, Patch result) {
    boolean grows = now.length > before.length;
    for (int i : grows ? before : now) {
      result.setInteger(from + (long) i, 0);
    }
    return grows ? now : before;
  }

  private int[] collect(int first) {
    IntList found = new IntList();
    found.add(first);
    seen[first] = true;
    for (int next = 0; next < found.size(); next++) {
      addNeighbours(found.at(next), found);
    }
    return found.toArray();
  }

  private void addNeighbours(int index, IntList found) {
    int x = index % width;
    int y = index / width % height;
    int z = index / width / height;
    for (int k = Math.max(0, z - 1); k <= Math.min(depth - 1, z + 1); k++) {
      for (int j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++) {
        for (int i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) {
          int other = (k * height + j) * width + i;
          if (!seen[other] && ids[other] == ids[index]) {
            seen[other] = true;
            found.add(other);
          }
        }
      }
    }
  }
}
