// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/**
 * Moments of an object up to the third order, of its pixels or of their values. Coordinates are
 * pixels from the middle of the object's box, so that whole numbers stay exact in sums of doubles
 * and little is lost when moments are taken about the centroid.
 */
final class Moments {
  private static final int ORDERS = 4;
  private static final double[][] BINOMIAL = {{1}, {1, 1}, {1, 2, 1}, {1, 3, 3, 1}};

  private final double[] middle;
  // Of z: in a plane all but the first are 0.
  private final int depthOrders;
  // Sums of a run over its weights, each times x to the power of the index.
  private final double[] powers = new double[ORDERS];
  private final double[] sums = new double[ORDERS * ORDERS * ORDERS];

  private Moments(ObjectMask mask) {
    this.depthOrders = mask.depth() == 1 ? 1 : ORDERS;
    this.middle = new double[ObjectMask.AXES];
    for (int axis = 0; axis < middle.length; axis++) {
      middle[axis] = (mask.length(axis) - 1) / 2.0;
    }
  }

  /** Each pixel counts once. */
  static Moments of(ObjectMask mask) {
    Moments moments = new Moments(mask);
    mask.forEachRun(moments::addRun);
    return moments;
  }

  /**
   * Each pixel counts with its value.
   *
   * @param values of the mask's pixels, in C order
   */
  static Moments of(ObjectMask mask, ChannelValues values) {
    Moments moments = new Moments(mask);
    double[] row = new double[mask.width()];
    int[] next = {0};
    mask.forEachRun(
        (z, y, x, length) -> {
          values.read(next[0], length, row);
          next[0] += length;
          moments.addValues(z, y, x, length, row);
        });
    return moments;
  }

  private void addRun(int z, int y, int x, int length) {
    double centre = x + (length - 1) / 2.0 - middle[ObjectMask.X];
    double squares = length * ((double) length * length - 1) / 12;
    add(
        z,
        y,
        length,
        length * centre,
        length * centre * centre + squares,
        (length * centre * centre + 3 * squares) * centre);
  }

  private void addValues(int z, int y, int x, int length, double[] values) {
    double sum = 0;
    double first = 0;
    double second = 0;
    double third = 0;
    for (int i = 0; i < length; i++) {
      double at = x + i - middle[ObjectMask.X];
      double value = values[i];
      sum += value;
      value *= at;
      first += value;
      value *= at;
      second += value;
      third += value * at;
    }
    add(z, y, sum, first, second, third);
  }

  /** Adds the sums of a run over its values, each times x, x squared, x cubed. */
  private void add(int z, int y, double sum, double first, double second, double third) {
    if (depthOrders == 1) {
      addInPlane(y - middle[ObjectMask.Y], sum, first, second, third);
    } else {
      addInSpace(z, y, sum, first, second, third);
    }
  }

  /** The loop of {@link #addInSpace} where z has one order, written out, for it takes most time. */
  private void addInPlane(double y, double sum, double first, double second, double third) {
    double squared = y * y;
    sums[0] += sum;
    sums[1] += first;
    sums[2] += second;
    sums[3] += third;
    sums[ORDERS] += y * sum;
    sums[ORDERS + 1] += y * first;
    sums[ORDERS + 2] += y * second;
    sums[2 * ORDERS] += squared * sum;
    sums[2 * ORDERS + 1] += squared * first;
    sums[3 * ORDERS] += squared * y * sum;
  }

  private void addInSpace(int z, int y, double sum, double first, double second, double third) {
    powers[0] = sum;
    powers[1] = first;
    powers[2] = second;
    powers[3] = third;
    double alongZ = 1;
    for (int i = 0; i < depthOrders; i++) {
      double alongY = alongZ;
      for (int j = 0; i + j < ORDERS; j++) {
        for (int k = 0; i + j + k < ORDERS; k++) {
          sums[index(i, j, k)] += alongY * powers[k];
        }
        alongY *= y - middle[ObjectMask.Y];
      }
      alongZ *= z - middle[ObjectMask.Z];
    }
  }

  private static int index(int z, int y, int x) {
    return (z * ORDERS + y) * ORDERS + x;
  }

  private double sum(int axis, int order) {
    return sums[
        switch (axis) {
          case ObjectMask.Z -> index(order, 0, 0);
          case ObjectMask.Y -> index(0, order, 0);
          default -> index(0, 0, order);
        }];
  }

  /** The sum of all weights. */
  double total() {
    return sums[0];
  }

  private double offset(int axis) {
    return sum(axis, 1) / total();
  }

  /** The centroid along an axis, in pixels from the first of the object's box; axes z, y, x. */
  double centroid(int axis) {
    return middle[axis] + offset(axis);
  }

  /** The covariance of two axes, in pixels squared: divided by the sum of weights. */
  double covariance(int axis, int other) {
    double products =
        axis == other
            ? sum(axis, 2)
            : sums[
                index(
                    axis == ObjectMask.Z || other == ObjectMask.Z ? 1 : 0,
                    axis == ObjectMask.Y || other == ObjectMask.Y ? 1 : 0,
                    axis == ObjectMask.X || other == ObjectMask.X ? 1 : 0)];
    return products / total() - offset(axis) * offset(other);
  }

  /**
   * The central moment of one plane, normalized for scale: divided by the total to the power of 1 +
   * (p + q) / 2.
   *
   * @param p order of y
   * @param q order of x; p + q is 2 or 3
   */
  double normalized(int p, int q) {
    double y = -offset(ObjectMask.Y);
    double x = -offset(ObjectMask.X);
    double central = 0;
    for (int i = 0; i <= p; i++) {
      for (int j = 0; j <= q; j++) {
        central +=
            BINOMIAL[p][i]
                * BINOMIAL[q][j]
                * Math.pow(y, p - i)
                * Math.pow(x, q - j)
                * sums[index(0, i, j)];
      }
    }
    return central / Math.pow(total(), (p + q) / 2.0 + 1);
  }

  /**
   * The seven invariants of M. K. Hu, "Visual Pattern Recognition by Moment Invariants" (1962), of
   * one plane.
   */
  double[] hu() {
    double sum = normalized(2, 0) + normalized(0, 2);
    double difference = normalized(2, 0) - normalized(0, 2);
    double mixed = normalized(1, 1);
    double a = normalized(3, 0) + normalized(1, 2);
    double b = normalized(2, 1) + normalized(0, 3);
    double c = normalized(3, 0) - 3 * normalized(1, 2);
    double d = 3 * normalized(2, 1) - normalized(0, 3);
    double left = a * (a * a - 3 * b * b);
    double right = b * (3 * a * a - b * b);
    return new double[] {
      sum,
      difference * difference + 4 * mixed * mixed,
      c * c + d * d,
      a * a + b * b,
      c * left + d * right,
      difference * (a * a - b * b) + 4 * mixed * a * b,
      d * left - c * right
    };
  }
}
