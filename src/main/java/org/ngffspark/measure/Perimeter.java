// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/**
 * The length of a mask's border in pixels, by the estimators of scikit-image. Masks of one plane.
 */
final class Perimeter {
  private Perimeter() {}

  /**
   * Counts border pixels, those with a 4-neighbour outside, each with a weight that follows from
   * how many of its 4 and of its diagonal neighbours are border pixels too. Weights after Benkrid
   * and Crookes, "Design and FPGA Implementation of a Perimeter Estimator" (2000).
   */
  static double ofBorderPixels(MaskBits mask) {
    MaskBits border = border(mask);
    long straight = 0;
    long diagonal = 0;
    long mixed = 0;
    for (int y = 0; y < mask.height(); y++) {
      int above = mask.row(0, y - 1);
      int row = mask.row(0, y);
      int below = mask.row(0, y + 1);
      for (int word = 0; word < mask.words(); word++) {
        long pixels = border.at(row, word);
        if (pixels == 0) {
          continue;
        }
        Neighbours beside =
            Neighbours.of(
                border.before(row, word),
                border.after(row, word),
                border.at(above, word),
                border.at(below, word));
        Neighbours across =
            Neighbours.of(
                border.before(above, word),
                border.after(above, word),
                border.before(below, word),
                border.after(below, word));
        long none = ~(beside.odd | beside.twoOrMore);
        straight += Long.bitCount(pixels & beside.twoOrThree() & ~across.threeOrFour());
        diagonal += Long.bitCount(pixels & (none & across.two() | beside.one() & across.three()));
        mixed += Long.bitCount(pixels & beside.one() & (across.one() | across.two()));
      }
    }
    return straight + diagonal * Math.sqrt(2) + mixed * ((1 + Math.sqrt(2)) / 2);
  }

  /** How many of four neighbours are set, for 64 pixels at once. */
  private record Neighbours(long odd, long twoOrMore, long four) {
    static Neighbours of(long a, long b, long c, long d) {
      return new Neighbours(a ^ b ^ c ^ d, a & b | c & d | (a | b) & (c | d), a & b & c & d);
    }

    long one() {
      return odd & ~twoOrMore;
    }

    long two() {
      return twoOrMore & ~odd & ~four;
    }

    long three() {
      return twoOrMore & odd;
    }

    long twoOrThree() {
      return twoOrMore & ~four;
    }

    long threeOrFour() {
      return three() | four;
    }
  }

  private static MaskBits border(MaskBits mask) {
    MaskBits border = mask.blank();
    for (int y = 0; y < mask.height(); y++) {
      int above = mask.row(0, y - 1);
      int row = mask.row(0, y);
      int below = mask.row(0, y + 1);
      for (int word = 0; word < mask.words(); word++) {
        long inner =
            mask.before(row, word)
                & mask.after(row, word)
                & mask.at(above, word)
                & mask.at(below, word);
        border.put(row, word, mask.at(row, word) & ~inner);
      }
    }
    return border;
  }

  /**
   * Counts how often lines in four directions cross the border (Crofton's formula), from the
   * windows of 2 x 2 pixels; coefficients after S. Rivollier, thesis, Saint-Etienne (2010).
   */
  static double ofCrossings(WindowCounts windows) {
    double quarter = Math.PI / 4;
    double slanted = Math.PI / (4 * Math.sqrt(2));
    double corner = Math.PI / 4 * (1 + 1 / Math.sqrt(2));
    return corner * (windows.of(1) + windows.of(5))
        + slanted * (windows.of(2) + windows.of(7) + windows.of(10) + windows.of(11))
        + 2 * slanted * windows.of(3)
        + quarter * (windows.of(8) + windows.of(12))
        + 2 * quarter * (windows.of(9) + windows.of(13));
  }
}
