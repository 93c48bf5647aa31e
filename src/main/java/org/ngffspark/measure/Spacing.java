// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.PixelSize;

/**
 * Lengths of a pixel along z, y and x, in world units.
 *
 * @param dimensions 2 if all pixels lie in one plane, so that z does not count, else 3
 */
public record Spacing(int dimensions, double z, double y, double x) {
  private static final int PLANE = 2;
  private static final int SPACE = 3;

  /**
   * @throws IllegalArgumentException if there are not 2 or 3 dimensions, or a length is not
   *     positive and finite
   */
  public Spacing {
    if (dimensions != PLANE && dimensions != SPACE) {
      throw new IllegalArgumentException("Objects have 2 or 3 dimensions, got " + dimensions);
    }
    for (double length : new double[] {z, y, x}) {
      if (!(length > 0) || Double.isInfinite(length)) {
        throw new IllegalArgumentException("A pixel must have a positive length, got " + length);
      }
    }
  }

  /** That of an image. */
  public static Spacing of(int dimensions, PixelSize pixelSize) {
    return new Spacing(
        dimensions,
        pixelSize.get(AxisName.Z),
        pixelSize.get(AxisName.Y),
        pixelSize.get(AxisName.X));
  }

  /** Area of a pixel in 2D, volume in 3D. */
  public double pixel() {
    return dimensions == PLANE ? y * x : z * y * x;
  }

  /** Whether pixels are square: as long along y as along x. */
  public boolean isSquare() {
    return y == x;
  }

  /**
   * Length of a pixel along a spatial axis.
   *
   * @param axis 0 is the first of the {@link #dimensions}, z or y
   */
  public double along(int axis) {
    return switch (axis + SPACE - dimensions) {
      case 0 -> z;
      case 1 -> y;
      default -> x;
    };
  }
}
