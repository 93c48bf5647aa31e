// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.util.Optional;

/**
 * One axis of an image.
 *
 * @param name one of {@code t c z y x}
 * @param type what it counts; follows from the name
 * @param unit unit of the pixel size, for example {@code micrometer}; empty where metadata says
 *     none
 */
public record Axis(String name, AxisType type, Optional<String> unit) {

  /**
   * @throws IllegalArgumentException if there is no such axis or it has another type
   */
  public Axis {
    if (typeOf(name) != type) {
      throw new IllegalArgumentException(
          "Axis '" + name + "' has type " + typeOf(name) + ", got " + type);
    }
  }

  /**
   * The axis of that name with its type and no unit.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  public static Axis of(String name) {
    return new Axis(name, typeOf(name), Optional.empty());
  }

  /** The axis of that name, with the unit. */
  public static Axis of(String name, String unit) {
    return new Axis(name, typeOf(name), Optional.of(unit));
  }

  private static AxisType typeOf(String name) {
    return switch (name) {
      case "t" -> AxisType.TIME;
      case "c" -> AxisType.CHANNEL;
      case "z", "y", "x" -> AxisType.SPACE;
      default ->
          throw new IllegalArgumentException("Axes are t, c, z, y and x, got '" + name + "'");
    };
  }
}
