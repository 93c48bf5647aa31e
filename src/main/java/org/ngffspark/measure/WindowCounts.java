// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/**
 * How often each of the 16 windows of 2 x 2 pixels occurs in a mask of one plane with a frame of
 * empty pixels. The number of a window is 1 for its lower right pixel, plus 2 for the upper right,
 * plus 4 for the lower left, plus 8 for the upper left.
 */
final class WindowCounts {
  private static final int WINDOWS = 16;

  private final long[] counts = new long[WINDOWS];

  private WindowCounts() {}

  static WindowCounts of(MaskBits mask) {
    WindowCounts windows = new WindowCounts();
    for (int y = 0; y <= mask.height(); y++) {
      int above = mask.row(0, y - 1);
      int row = mask.row(0, y);
      for (int word = 0; word < mask.words(); word++) {
        windows.add(
            mask.at(row, word),
            mask.at(above, word),
            mask.before(row, word),
            mask.before(above, word));
      }
    }
    return windows;
  }

  private void add(long lowerRight, long upperRight, long lowerLeft, long upperLeft) {
    if ((lowerRight | upperRight | lowerLeft | upperLeft) == 0) {
      return;
    }
    long both = lowerRight & upperRight;
    long lower = lowerRight & ~upperRight;
    long upper = upperRight & ~lowerRight;
    long neither = ~(lowerRight | upperRight);
    add(0, ~(lowerLeft | upperLeft), neither, lower, upper, both);
    add(4, lowerLeft & ~upperLeft, neither, lower, upper, both);
    add(8, upperLeft & ~lowerLeft, neither, lower, upper, both);
    add(12, lowerLeft & upperLeft, neither, lower, upper, both);
  }

  /** Counts the four windows with the same left side. */
  private void add(int window, long left, long neither, long lower, long upper, long both) {
    counts[window] += Long.bitCount(left & neither);
    counts[window + 1] += Long.bitCount(left & lower);
    counts[window + 2] += Long.bitCount(left & upper);
    counts[window + 3] += Long.bitCount(left & both);
  }

  /** How often a window occurs; 1 to 15. */
  long of(int window) {
    return counts[window];
  }

  /**
   * The Euler number of the mask with 8-connected pixels: components minus holes. After J. Ohser,
   * W. Nagel, K. Schladitz, "The Euler Number of Discretized Sets" (2002).
   */
  long eulerNumber() {
    return counts[8] - counts[6] - counts[14];
  }
}
