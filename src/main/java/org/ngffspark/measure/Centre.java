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
  private final double total;
  private final double alongZ;
  private final double alongY;
  private final double alongX;

  /**
   * @param total sum of all values
   * @param alongZ sum of the values, each times its z from the middle of the box
   * @param alongY as {@code alongZ}
   * @param alongX as {@code alongZ}
   */
  Centre(ObjectMask mask, double total, double alongZ, double alongY, double alongX) {
    this.mask = mask;
    this.total = total;
    this.alongZ = alongZ;
    this.alongY = alongY;
    this.alongX = alongX;
  }

  /**
   * Each pixel counts with its value.
   *
   * @param values of the mask's pixels, in C order
   */
  static Centre of(ObjectMask mask, ChannelValues values) {
    int[] runs = mask.relativeRuns();
    double[] row = new double[mask.width()];
    double middleX = middle(mask, ObjectMask.X);
    double total = 0;
    double alongZ = 0;
    double alongY = 0;
    double alongX = 0;
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
        first += row[i] * (start + i - middleX);
      }
      total += sum;
      alongX += first;
      alongY += (runs[run + ObjectMask.Y] - middle(mask, ObjectMask.Y)) * sum;
      alongZ += (runs[run + ObjectMask.Z] - middle(mask, ObjectMask.Z)) * sum;
    }
    return new Centre(mask, total, alongZ, alongY, alongX);
  }

  private static double middle(ObjectMask mask, int axis) {
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
    return middle(mask, axis) + sum / total;
  }
}
