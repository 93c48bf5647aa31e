// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import org.ngffspark.image.Patch;
import org.ngffspark.roi.AxisName;

/**
 * Cuts a patch into the pixels of one channel at one time point each, or of one plane each: as z,
 * y, x are the last axes, those are neighbours.
 */
public final class Slabs {
  private final int depth;
  private final int height;
  private final int width;
  private final int total;

  private Slabs(Patch patch) {
    this.depth = patch.length(AxisName.Z);
    this.height = patch.length(AxisName.Y);
    this.width = patch.length(AxisName.X);
    this.total = patch.size();
  }

  public static Slabs of(Patch patch) {
    return new Slabs(patch);
  }

  /** Takes one slab. */
  @FunctionalInterface
  public interface SlabConsumer {
    /**
     * @param from flat index of the first pixel
     * @param to flat index after the last pixel
     */
    void accept(int from, int to);
  }

  int width() {
    return width;
  }

  /** Each channel at each time point, with axes z, y, x. */
  public void forEach(SlabConsumer consumer) {
    inSteps(depth * height * width, consumer);
  }

  /** Each plane, with axes y, x. */
  public void forEachPlane(SlabConsumer consumer) {
    inSteps(height * width, consumer);
  }

  private void inSteps(int step, SlabConsumer consumer) {
    for (int from = 0; from < total; from += step) {
      consumer.accept(from, from + step);
    }
  }
}
