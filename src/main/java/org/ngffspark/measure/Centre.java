// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/**
 * The mean place of an object's pixels, in pixels from the first of the object's box.
 *
 * <p>Sums are about the middle of the box, as those of {@link Moments} are, and of integers exact
 * as long as they stay below 2^52.
 */
final class Centre {
  private final ObjectMask mask;
  private double total;
  private double alongZ;
  private double alongY;
  private double alongX;

  private Centre(ObjectMask mask) {
    this.mask = mask;
  }

  /**
   * Each pixel counts with its value.
   *
   * @param values of the mask's pixels, in C order
   */
  static Centre of(ObjectMask mask, ChannelValues values) {
    Centre centre = new Centre(mask);
    if (values.isSmallInteger()) {
      centre.addIntegers(values.toShorts(), values.lowBits());
    } else {
      centre.addNumbers(values);
    }
    return centre;
  }

  private void addIntegers(short[] values, int lowBits) {
    int[] runs = mask.relativeRuns();
    double middleX = middle(ObjectMask.X);
    int next = 0;
    for (int run = 0; run < runs.length; run += ObjectMask.WIDTH) {
      int length = runs[run + ObjectMask.AXES];
      int end = next + length;
      long sum = 0;
      // Each value as often as it is pixels before the end of the run.
      long fromEnd = 0;
      while (next < end) {
        sum += values[next++] & lowBits;
        fromEnd += sum;
      }
      add(runs, run, sum, (length + runs[run + ObjectMask.X] - middleX) * sum - fromEnd);
    }
  }

  private void addNumbers(ChannelValues values) {
    int[] runs = mask.relativeRuns();
    double[] row = new double[mask.width()];
    int next = 0;
    for (int run = 0; run < runs.length; run += ObjectMask.WIDTH) {
      int length = runs[run + ObjectMask.AXES];
      values.read(next, length, row);
      next += length;
      double start = runs[run + ObjectMask.X];
      double sum = 0;
      double first = 0;
      for (int i = 0; i < length; i++) {
        sum += row[i];
        first += row[i] * (start + i - middle(ObjectMask.X));
      }
      add(runs, run, sum, first);
    }
  }

  /**
   * @param first sum of values times x
   */
  private void add(int[] runs, int run, double sum, double first) {
    total += sum;
    alongX += first;
    alongY += (runs[run + ObjectMask.Y] - middle(ObjectMask.Y)) * sum;
    alongZ += (runs[run + ObjectMask.Z] - middle(ObjectMask.Z)) * sum;
  }

  private double middle(int axis) {
    return (mask.length(axis) - 1) / 2.0;
  }

  /** Along an axis: z, y, x; NaN if the values sum up to 0. */
  double along(int axis) {
    double sum =
        switch (axis) {
          case ObjectMask.Z -> alongZ;
          case ObjectMask.Y -> alongY;
          default -> alongX;
        };
    return middle(axis) + sum / total;
  }
}
