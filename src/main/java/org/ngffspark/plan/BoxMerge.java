// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ngffspark.zarr.nd.Box;

/** Joins boxes that together are a box again, as the blocks of a grid are. */
public final class BoxMerge {
  private BoxMerge() {}

  /** Fewer boxes that hold the same pixels; the union of all of them is unchanged. */
  public static List<Box> merge(List<Box> boxes) {
    List<Box> merged = new ArrayList<>(boxes);
    boolean joined = true;
    while (joined && merged.size() > 1) {
      joined = false;
      for (int axis = merged.get(0).rank() - 1; axis >= 0; axis--) {
        List<Box> next = alongAxis(merged, axis);
        joined |= next.size() < merged.size();
        merged = next;
      }
    }
    return merged;
  }

  private static List<Box> alongAxis(List<Box> boxes, int axis) {
    List<Box> sorted = new ArrayList<>(boxes);
    sorted.sort(otherAxesFirst(boxes.get(0).rank(), axis));
    List<Box> result = new ArrayList<>();
    for (Box box : sorted) {
      Box last = result.isEmpty() ? box : result.get(result.size() - 1);
      if (!result.isEmpty() && joins(last, box, axis)) {
        result.set(result.size() - 1, last.union(box));
      } else {
        result.add(box);
      }
    }
    return result;
  }

  private static Comparator<Box> otherAxesFirst(int rank, int axis) {
    Comparator<Box> order = Comparator.comparing(box -> 0);
    for (int other = 0; other < rank; other++) {
      if (other != axis) {
        int current = other;
        order =
            order
                .thenComparingLong((Box box) -> box.start(current))
                .thenComparingLong(box -> box.stop(current));
      }
    }
    return order.thenComparingLong(box -> box.start(axis));
  }

  private static boolean joins(Box first, Box second, int axis) {
    for (int other = 0; other < first.rank(); other++) {
      boolean same =
          first.start(other) == second.start(other) && first.stop(other) == second.stop(other);
      if (other != axis && !same) {
        return false;
      }
    }
    return second.start(axis) <= first.stop(axis);
  }
}
