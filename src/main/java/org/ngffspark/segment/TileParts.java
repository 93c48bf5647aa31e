// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The parts that clumps are split into, each clump named by one tile alone: a row for each part,
 * those of a clump in the order of their first pixels.
 *
 * @param clumps number of the clump
 * @param first number of the part's first pixel in C order of the image
 * @param pixels number of the part's pixels
 */
record TileParts(long[] clumps, long[] first, long[] pixels) implements Serializable {

  /** Collects the parts of a tile. */
  static final class Builder {
    private long[] clumps = new long[64];
    private long[] first = new long[64];
    private long[] pixels = new long[64];
    private int rows;

    /**
     * Adds the parts of a clump.
     *
     * @param parts number of the part of each pixel of the box, from 1 in the order of first
     *     pixels; 0 outside
     */
    void add(long clump, ImageBox box, int[] parts) {
      int begin = rows;
      for (int pixel = 0; pixel < parts.length; pixel++) {
        int part = parts[pixel];
        if (part > 0) {
          if (begin + part > rows) {
            addRow(clump, box.index(pixel));
          }
          pixels[begin + part - 1]++;
        }
      }
    }

    private void addRow(long clump, long firstPixel) {
      if (rows == clumps.length) {
        clumps = Arrays.copyOf(clumps, 2 * rows);
        first = Arrays.copyOf(first, 2 * rows);
        pixels = Arrays.copyOf(pixels, 2 * rows);
      }
      clumps[rows] = clump;
      first[rows++] = firstPixel;
    }

    TileParts build() {
      return new TileParts(
          Arrays.copyOf(clumps, rows), Arrays.copyOf(first, rows), Arrays.copyOf(pixels, rows));
    }
  }
}
