// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.nio.ByteBuffer;
import java.util.List;
import org.ngffspark.image.Mask;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.Shape;

/**
 * The plane of a patch that its pictures show, and how it is made smaller.
 *
 * @param first flat index of the plane's first pixel
 * @param height of the plane in pixels
 * @param width of the plane in pixels
 */
record PatchFrame(Mask mask, int first, int height, int width) {
  private static final int LONGEST_SIDE = 64;
  private static final double LEVELS = 0xFFFF;

  /** The plane with most pixels of the object; of several the first. */
  static PatchFrame of(Mask mask) {
    Shape shape = mask.shape();
    int height = (int) shape.get(shape.rank() - 2);
    int width = (int) shape.get(shape.rank() - 1);
    int plane = height * width;
    int best = 0;
    long most = -1;
    for (int from = 0; from < shape.elements(); from += plane) {
      long count = mask.count(from, from + plane);
      if (count > most) {
        best = from;
        most = count;
      }
    }
    return new PatchFrame(mask, best, height, width);
  }

  private int step() {
    return Math.max(1, (Math.max(height, width) + LONGEST_SIDE - 1) / LONGEST_SIDE);
  }

  private int down(int length) {
    return (length + step() - 1) / step();
  }

  ObjectFrame frame() {
    int step = step();
    int columns = down(width);
    byte[] inside = new byte[down(height) * columns];
    for (int i = 0; i < inside.length; i++) {
      int y = Math.min(height - 1, i / columns * step + step / 2);
      int x = Math.min(width - 1, i % columns * step + step / 2);
      inside[i] = (byte) (mask.at(first + (long) y * width + x) ? 1 : 0);
    }
    return new ObjectFrame(columns, down(height), step, inside);
  }

  /** The plane in pixels of the picture, each the mean of those of the patch. */
  double[] means(Patch patch) {
    return BlockMeans.of(patch, first, height, width, step());
  }

  /**
   * What a grey level stands for, so that all values from {@code low} to {@code high} have one: 1
   * if they are whole numbers.
   */
  static double step(List<double[]> pictures, double low, double high) {
    return high == low || high - low <= LEVELS && areWhole(pictures) ? 1 : (high - low) / LEVELS;
  }

  private static boolean areWhole(List<double[]> pictures) {
    for (double[] picture : pictures) {
      for (double value : picture) {
        if (value != Math.rint(value)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Values as grey levels from {@code low} on, two bytes each; 0 for what is no number. */
  static byte[] grey(double[] values, double low, double step) {
    ByteBuffer grey = ByteBuffer.allocate(values.length * Short.BYTES);
    for (double value : values) {
      double level = Math.max(0, Math.min(LEVELS, (value - low) / step));
      grey.putShort((short) Math.round(level));
    }
    return grey.array();
  }
}
