// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;

/**
 * The distance of each pixel inside to the nearest pixel outside, exact, as {@code
 * scipy.ndimage.distance_transform_edt}; what lies around the block is outside. After P.
 * Felzenszwalb, D. Huttenlocher, "Distance Transforms of Sampled Functions" (2012).
 */
final class DistanceTransform {
  private final Volume volume;
  // Of each pixel the steps to the nearest pixel outside, found so far.
  private final double[] squares;

  private DistanceTransform(boolean[] inside, Volume volume) {
    this.volume = volume;
    this.squares = new double[inside.length];
    for (int pixel = 0; pixel < inside.length; pixel++) {
      squares[pixel] = inside[pixel] ? Double.POSITIVE_INFINITY : 0;
    }
  }

  /**
   * @param spacing lengths of a pixel along z, y and x
   * @return distances, 0 outside
   */
  static double[] of(boolean[] inside, Volume volume, double[] spacing) {
    DistanceTransform transform = new DistanceTransform(inside, volume);
    for (int axis = 3 - volume.dimensions(); axis < 3; axis++) {
      transform.along(axis, spacing[axis]);
    }
    Arrays.setAll(transform.squares, i -> Math.sqrt(transform.squares[i]));
    return transform.squares;
  }

  private void along(int axis, double spacing) {
    int length = volume.length(axis);
    int step = volume.step(axis);
    // With a pixel outside at both ends.
    double[] line = new double[length + 2];
    Envelope envelope = new Envelope(length + 2, spacing);
    volume.forEachLine(
        axis,
        first -> {
          for (int i = 0; i < length; i++) {
            line[i + 1] = squares[first + i * step];
          }
          envelope.build(line);
          for (int i = 0; i < length; i++) {
            squares[first + i * step] = envelope.lowest(i + 1, line);
          }
        });
  }

  /** The lowest of the parabolas that stand on the pixels of a line. */
  private static final class Envelope {
    private final double spacing;
    private final int[] places;
    private final double[] from;
    private int size;
    private int at;

    Envelope(int length, double spacing) {
      this.spacing = spacing;
      this.places = new int[length];
      this.from = new double[length];
    }

    void build(double[] heights) {
      size = 0;
      at = 0;
      for (int place = 0; place < heights.length; place++) {
        if (Double.isInfinite(heights[place])) {
          continue;
        }
        double start = Double.NEGATIVE_INFINITY;
        while (size > 0) {
          start = crossing(heights, places[size - 1], place);
          if (start > from[size - 1]) {
            break;
          }
          size--;
          start = Double.NEGATIVE_INFINITY;
        }
        places[size] = place;
        from[size++] = start;
      }
    }

    /** Where the parabola of a later place falls below that of an earlier one. */
    private double crossing(double[] heights, int earlier, int later) {
      double a = earlier * spacing;
      double b = later * spacing;
      return (heights[later] + b * b - (heights[earlier] + a * a)) / (2 * (b - a));
    }

    /** The lowest height at a place; places are asked for in ascending order. */
    double lowest(int place, double[] heights) {
      while (at + 1 < size && from[at + 1] < place * spacing) {
        at++;
      }
      double distance = (place - places[at]) * spacing;
      return distance * distance + heights[places[at]];
    }
  }
}
