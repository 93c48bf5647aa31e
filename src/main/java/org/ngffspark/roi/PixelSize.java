// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Size of one pixel per axis, in the unit of the axis ({@link Axis#unit()}; micrometer and second
 * as a rule). Serializable by its components.
 *
 * @param sizes by axis name; an axis that is not there has size 1
 */
public record PixelSize(Map<AxisName, Double> sizes) implements Serializable {

  /**
   * @throws IllegalArgumentException if a size is not a positive finite number
   */
  public PixelSize {
    sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
    sizes.forEach(
        (axis, size) -> {
          if (!(size > 0) || Double.isInfinite(size)) {
            throw new IllegalArgumentException(
                "Pixel size must be positive, got " + size + " for axis '" + axis + "'");
          }
        });
  }

  /**
   * @param sizes one per axis, in the order of {@code axes}
   * @throws IllegalArgumentException if there are not as many sizes as axes
   */
  public static PixelSize of(Axes axes, double... sizes) {
    if (sizes.length != axes.rank()) {
      throw new IllegalArgumentException(
          "Axes " + axes.names() + " need " + axes.rank() + " pixel sizes, got " + sizes.length);
    }
    Map<AxisName, Double> byName = new LinkedHashMap<>();
    for (int axis = 0; axis < sizes.length; axis++) {
      byName.put(axes.name(axis), sizes[axis]);
    }
    return new PixelSize(byName);
  }

  /** The size along the axis; 1 if there is no such axis. */
  public double get(AxisName axis) {
    return sizes.getOrDefault(axis, 1.0);
  }

  /** Euclidean distance over z, y and x. */
  public double distance(PixelSize other) {
    double z = get(AxisName.Z) - other.get(AxisName.Z);
    double y = get(AxisName.Y) - other.get(AxisName.Y);
    double x = get(AxisName.X) - other.get(AxisName.X);
    return Math.sqrt(z * z + y * y + x * x);
  }

  /**
   * The position of the candidate whose distance is smallest, the first one on ties.
   *
   * @throws IllegalArgumentException if there is no candidate
   */
  public int nearest(List<PixelSize> candidates) {
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("There is no pixel size to choose from");
    }
    int best = 0;
    for (int i = 1; i < candidates.size(); i++) {
      if (distance(candidates.get(i)) < distance(candidates.get(best))) {
        best = i;
      }
    }
    return best;
  }
}
