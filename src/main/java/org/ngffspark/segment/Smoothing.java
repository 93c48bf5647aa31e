// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import org.ngffspark.zarr.nd.DataType;

/**
 * Smooths a block of pixels with a Gaussian, as {@code scipy.ndimage.gaussian_filter} with its
 * default mode. Along each axis it is as wide in the world as along y. Integers stay integers: they
 * are rounded half to even.
 */
final class Smoothing {
  private Smoothing() {}

  /**
   * @param sigma in pixels of y; 0 leaves all as it is
   * @param spacing lengths of a pixel along z, y and x
   */
  static double[] of(
      double[] values, Volume volume, DataType type, double sigma, double[] spacing) {
    if (sigma == 0) {
      return values;
    }
    double[] smooth = values.clone();
    for (int axis = 3 - volume.dimensions(); axis < 3; axis++) {
      LineFilter.gaussian(sigma(sigma, axis, spacing)).apply(smooth, volume, axis);
    }
    if (!type.isFloat()) {
      for (int i = 0; i < smooth.length; i++) {
        smooth[i] = Math.rint(smooth[i]);
      }
    }
    return smooth;
  }

  private static double sigma(double sigma, int axis, double[] spacing) {
    return axis == 1 ? sigma : sigma * spacing[1] / spacing[axis];
  }

  /** Pixels around a pixel that its smoothed value follows from, along an axis. */
  static int reach(double sigma, int axis, double[] spacing) {
    return sigma == 0 ? 0 : LineFilter.gaussianRadius(sigma(sigma, axis, spacing));
  }
}
