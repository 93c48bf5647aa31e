// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/** Tight boxes of labels, gathered from tile after tile by several threads. */
final class ObjectBoxes {
  private final int[] top;
  private final int[] left;
  private final int[] bottom;
  private final int[] right;

  /**
   * @param size the largest id
   */
  ObjectBoxes(int size) {
    top = new int[size + 1];
    left = new int[size + 1];
    bottom = new int[size + 1];
    right = new int[size + 1];
    Arrays.fill(top, Integer.MAX_VALUE);
    Arrays.fill(left, Integer.MAX_VALUE);
  }

  /** Adds the labels of a tile that lies at {@code box}, axes y, x. */
  synchronized void add(NdArray labels, Box box) {
    IntBuffer ids = labels.buffer().asIntBuffer();
    int width = (int) box.length(1);
    for (int i = 0; i < ids.capacity(); i++) {
      int id = ids.get(i);
      if (id != 0) {
        int y = (int) box.start(0) + i / width;
        int x = (int) box.start(1) + i % width;
        top[id] = Math.min(top[id], y);
        bottom[id] = Math.max(bottom[id], y + 1);
        left[id] = Math.min(left[id], x);
        right[id] = Math.max(right[id], x + 1);
      }
    }
  }

  /** The regions in world units, ids ascending; an id without pixels has none. */
  List<Roi> rois(double pixelSize) {
    List<Roi> rois = new ArrayList<>();
    for (int id = 1; id < top.length; id++) {
      if (bottom[id] > 0) {
        rois.add(
            new Roi(
                Optional.of(Integer.toString(id)),
                Optional.of((long) id),
                Map.of(
                    AxisName.Z,
                    Interval.of(0, 1),
                    AxisName.Y,
                    interval(top[id], bottom[id], pixelSize),
                    AxisName.X,
                    interval(left[id], right[id], pixelSize))));
      }
    }
    return rois;
  }

  private static Interval interval(int start, int stop, double pixelSize) {
    return Interval.of(start * pixelSize, (stop - start) * pixelSize);
  }
}
