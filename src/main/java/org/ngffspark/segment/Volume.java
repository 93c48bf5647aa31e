// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

/**
 * Lengths of a block of pixels with axes z, y, x; pixels are numbered in C order.
 *
 * @param dimensions 2 if the image has one plane, else 3, also where the block has one
 * @param depth length along z; 1 in 2D
 * @param height length along y
 * @param width length along x
 */
record Volume(int dimensions, int depth, int height, int width) {
  /** Number of pixels. */
  int size() {
    return Math.multiplyExact(Math.multiplyExact(depth, height), width);
  }

  int index(int z, int y, int x) {
    return (z * height + y) * width + x;
  }

  /** Length along an axis: 0 is z, 1 is y, 2 is x. */
  int length(int axis) {
    return switch (axis) {
      case 0 -> depth;
      case 1 -> height;
      default -> width;
    };
  }

  /** Step from a pixel to the next one along an axis. */
  int step(int axis) {
    return switch (axis) {
      case 0 -> height * width;
      case 1 -> width;
      default -> 1;
    };
  }

  /** Takes the first pixel of each row along an axis. */
  @FunctionalInterface
  interface LineConsumer {
    void line(int first);
  }

  /** All lines of pixels along an axis. */
  void forEachLine(int axis, LineConsumer consumer) {
    int step = step(axis);
    int length = length(axis);
    for (int block = 0; block < size(); block += step * length) {
      for (int first = block; first < block + step; first++) {
        consumer.line(first);
      }
    }
  }
}
