// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.io.Serializable;

/**
 * Where a block of pixels lies in the image; axes z, y, x.
 *
 * @param z first index along z
 * @param y first index along y
 * @param x first index along x
 * @param depth length along z
 * @param height length along y
 * @param width length along x
 * @param imageDepth length of the image along z
 * @param imageHeight length of the image along y
 * @param imageWidth length of the image along x
 */
record ImageBox(
    int z,
    int y,
    int x,
    int depth,
    int height,
    int width,
    int imageDepth,
    int imageHeight,
    int imageWidth)
    implements Serializable {

  Volume volume() {
    return new Volume(imageDepth == 1 ? 2 : 3, depth, height, width);
  }

  /** First index along an axis: 0 is z, 1 is y, 2 is x. */
  int start(int axis) {
    return switch (axis) {
      case 0 -> z;
      case 1 -> y;
      default -> x;
    };
  }

  int stop(int axis) {
    return start(axis) + volume().length(axis);
  }

  /** Length of the image along an axis. */
  int imageLength(int axis) {
    return switch (axis) {
      case 0 -> imageDepth;
      case 1 -> imageHeight;
      default -> imageWidth;
    };
  }

  /** The number of a pixel of the block in C order of the image. */
  long index(int pixel) {
    long column = pixel % width + (long) x;
    long row = pixel / width % height + (long) y;
    long plane = pixel / width / height + (long) z;
    return (plane * imageHeight + row) * imageWidth + column;
  }

  /** The pixel of the block with that number in C order of the image, which lies in the block. */
  int pixel(long index) {
    int column = (int) (index % imageWidth) - x;
    int row = (int) (index / imageWidth % imageHeight) - y;
    int plane = (int) (index / imageWidth / imageHeight) - z;
    return volume().index(plane, row, column);
  }

  /** Whether the pixel with that number in C order of the image lies in the block. */
  boolean contains(long index) {
    long column = index % imageWidth;
    long row = index / imageWidth % imageHeight;
    long plane = index / imageWidth / imageHeight;
    return column >= x
        && column < stop(2)
        && row >= y
        && row < stop(1)
        && plane >= z
        && plane < stop(0);
  }

  /** Number of pixels. */
  long pixels() {
    return (long) depth * height * width;
  }

  /** The block from one pixel of the same image up to another. */
  ImageBox within(int[] start, int[] stop) {
    return new ImageBox(
        start[0],
        start[1],
        start[2],
        stop[0] - start[0],
        stop[1] - start[1],
        stop[2] - start[2],
        imageDepth,
        imageHeight,
        imageWidth);
  }

  /** The block with as many pixels more on all sides as the image has there. */
  ImageBox grown(int pixels) {
    int[] start = new int[3];
    int[] stop = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      start[axis] = (int) Math.max(0L, (long) start(axis) - pixels);
      stop[axis] = (int) Math.min(imageLength(axis), (long) stop(axis) + pixels);
    }
    return within(start, stop);
  }

  /** The least block that holds both. */
  ImageBox around(ImageBox other) {
    int[] start = new int[3];
    int[] stop = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      start[axis] = Math.min(start(axis), other.start(axis));
      stop[axis] = Math.max(stop(axis), other.stop(axis));
    }
    return within(start, stop);
  }
}
