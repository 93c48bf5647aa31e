// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.resample;

/**
 * Weighs two neighbouring source pixels for each target pixel, as scipy's zoom of order 1 in grid
 * mode.
 *
 * @param zeroCounts whether a pixel of weight 0 matters: a NaN or an infinite one does, an integer
 *     does not
 */
record LinearAxis(long sourceLength, long targetLength, boolean zeroCounts)
    implements AxisSampling {

  private double centre(long target) {
    return ((target + 0.5) * (sourceLength / (double) targetLength)) - 0.5;
  }

  /** The left one of the two neighbours; -1 if it lies outside. */
  long left(long target) {
    return (long) Math.floor(centre(target));
  }

  /** Weight of the right neighbour; the left one has what is missing to 1. */
  double rightWeight(long target) {
    double centre = centre(target);
    return centre - Math.floor(centre);
  }

  @Override
  public long first(long target) {
    return isSame() ? target : clamp(left(target));
  }

  @Override
  public long last(long target) {
    if (isSame()) {
      return target;
    }
    long right = zeroCounts || rightWeight(target) > 0 ? left(target) + 1 : left(target);
    return clamp(right);
  }

  private long clamp(long source) {
    return Math.max(0, Math.min(source, sourceLength - 1));
  }
}
