// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.io.Serializable;
import org.ngffspark.zarr.nd.DataType;

/**
 * How values become the gray levels whose texture is measured: {@code low} becomes 0, {@code high}
 * the highest level, between them the nearest level, half to even.
 *
 * @param levels number of levels, 2 to 256
 * @param low value of level 0
 * @param high value of the highest level; NaN for the range of the type: 0 to the largest of an
 *     integer type, 0 to 1 of floats, as CellProfiler has it
 * @param distance steps between the two pixels of a pair, at least 1
 */
public record GrayLevels(int levels, double low, double high, int distance)
    implements Serializable {
  private static final int MOST = 256;

  /** 256 levels over the range of the type, of direct neighbours. */
  public static final GrayLevels DEFAULT = new GrayLevels(MOST, 0, Double.NaN, 1);

  /**
   * @throws IllegalArgumentException if levels, range or distance are out of range
   */
  public GrayLevels {
    if (levels < 2 || levels > MOST) {
      throw new IllegalArgumentException("Texture takes 2 to " + MOST + " levels, got " + levels);
    }
    if (high <= low || Double.isInfinite(high - low)) {
      throw new IllegalArgumentException(
          "A range of gray values must ascend, got " + low + " to " + high);
    }
    if (distance < 1) {
      throw new IllegalArgumentException("Texture takes a distance of 1 or more, got " + distance);
    }
  }

  /** The same with the range of a type, if none was given. */
  GrayLevels forType(DataType type) {
    return Double.isNaN(high) ? new GrayLevels(levels, 0, largest(type), distance) : this;
  }

  private static double largest(DataType type) {
    int bits = Byte.SIZE * type.bytes();
    return switch (type.kind()) {
      case FLOAT, BOOL -> 1;
      case SIGNED -> Math.pow(2, bits - 1.0) - 1;
      case UNSIGNED -> Math.pow(2, bits) - 1;
    };
  }

  /** The level of a value; NaN is level 0. */
  int level(double value) {
    double scaled = (value - low) / (high - low) * (levels - 1);
    return (int) Math.rint(Math.max(0, Math.min(levels - 1.0, scaled)));
  }
}
