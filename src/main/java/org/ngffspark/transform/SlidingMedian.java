// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

/**
 * The median of the object's pixels in a square that slides along a row. The square is a set of
 * places in the order of all pixels, so that a step costs the side of the square, not its area.
 */
final class SlidingMedian {
  private final RankedPlane plane;
  private final int reach;
  private final int width;
  private final OrderedPlaces square;

  /**
   * @param reach half the side of the square, rounded down
   */
  SlidingMedian(RankedPlane plane, int reach) {
    this.plane = plane;
    this.reach = reach;
    this.width = plane.window().width();
    this.square = new OrderedPlaces(plane.values().length);
  }

  /**
   * Replaces {@code row[0]} to {@code row[length - 1]} by the medians around the pixels of row
   * {@code y} from column {@code x} on; where the square holds no pixel of the object they stay.
   */
  void replace(int y, int x, int length, double[] row) {
    toggleColumns(y, x - reach, x + reach);
    for (int i = 0; i < length; i++) {
      toggleColumns(y, x + i + reach, x + i + reach + 1);
      if (square.size() > 0) {
        row[i] = median();
      }
      toggleColumns(y, x + i - reach, x + i - reach + 1);
    }
    toggleColumns(y, x + length - reach, x + length + reach);
  }

  private void toggleColumns(int y, int from, int to) {
    int first = Math.max(0, y - reach);
    int last = Math.min(plane.window().height() - 1, y + reach);
    int[] places = plane.places();
    for (int column = Math.max(0, from); column < Math.min(width, to); column++) {
      for (int row = first; row <= last; row++) {
        int place = places[row * width + column];
        if (place >= 0) {
          square.toggle(place);
        }
      }
    }
  }

  private double median() {
    double[] values = plane.values();
    int size = square.size();
    if (Double.isNaN(values[values.length - 1]) && Double.isNaN(values[square.member(size - 1)])) {
      return Double.NaN;
    }
    double upper = values[square.member(size / 2)];
    return size % 2 == 1 ? upper : (values[square.member(size / 2 - 1)] + upper) / 2;
  }
}
