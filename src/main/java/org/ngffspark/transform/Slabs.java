// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import org.ngffspark.image.Patch;

/**
 * Cuts a patch into the pixels of one channel at one time point each: as z, y, x are the last axes,
 * those are neighbours.
 */
final class Slabs {
  private final int depth;
  private final int height;
  private final int width;
  private final int total;

  Slabs(Patch patch) {
    this.depth = patch.length("z");
    this.height = patch.length("y");
    this.width = patch.length("x");
    this.total = patch.size();
  }

  /** Takes one slab, or one plane: flat indices {@code from <= index < to}. */
  @FunctionalInterface
  interface SlabConsumer {
    void accept(int from, int to);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Each channel at each time point: z, y, x. */
  void forEach(SlabConsumer consumer) {
    inSteps(depth * height * width, consumer);
  }

  /** Each plane y, x. */
  void forEachPlane(SlabConsumer consumer) {
    inSteps(height * width, consumer);
  }

  private void inSteps(int step, SlabConsumer consumer) {
    for (int from = 0; from < total; from += step) {
      consumer.accept(from, from + step);
    }
  }
}
