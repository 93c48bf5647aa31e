// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.resample;

/** Takes one source pixel for each target pixel, as scipy's zoom of order 0 in grid mode. */
public record NearestAxis(long sourceLength, long targetLength) implements AxisSampling {

  /**
   * The source index of a target index, in exactly this order of operations: taking 0.5 away and
   * adding it again rounds, and decides ties.
   *
   * @param ratio source length / target length
   */
  public static double source(double target, double ratio) {
    return Math.floor((((target + 0.5) * ratio) - 0.5) + 0.5);
  }

  @Override
  public long first(long target) {
    double ratio = (double) sourceLength / targetLength;
    return isSame() ? target : Math.min((long) source((double) target, ratio), sourceLength - 1);
  }

  @Override
  public long last(long target) {
    return first(target);
  }
}
