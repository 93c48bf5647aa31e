// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.io.Serializable;
import java.util.Optional;

/** One axis of an image: name, type and the unit its pixel sizes are given in. Immutable. */
public final class Axis implements Serializable {
  private static final long serialVersionUID = 1L;

  private final AxisName axisName;
  // Empty for none, since Optional is not serializable.
  private final String unit;

  /**
   * @param name one of {@code t c z y x}
   * @param type what it counts; follows from the name
   * @param unit unit of the pixel size, for example {@code micrometer}; empty where metadata says
   *     none
   * @throws IllegalArgumentException if there is no such axis or it has another type
   */
  public Axis(String name, AxisType type, Optional<String> unit) {
    this(axisName(name), unit.orElse(""));
    if (axisName.type() != type) {
      throw new IllegalArgumentException(
          "Axis '" + name + "' has type " + axisName.type() + ", got " + type);
    }
  }

  private Axis(AxisName axisName, String unit) {
    this.axisName = axisName;
    this.unit = unit;
  }

  /**
   * The axis of that name with its type and no unit.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  public static Axis of(String name) {
    return new Axis(axisName(name), "");
  }

  /** The axis of that name, with the unit. */
  public static Axis of(String name, String unit) {
    return new Axis(axisName(name), unit);
  }

  private static AxisName axisName(String name) {
    return AxisName.ofNgffName(name)
        .orElseThrow(
            () -> new IllegalArgumentException("Axes are t, c, z, y and x, got '" + name + "'"));
  }

  /** The name in metadata, for example {@code y}. */
  public String name() {
    return axisName.ngffName();
  }

  public AxisName axisName() {
    return axisName;
  }

  public AxisType type() {
    return axisName.type();
  }

  public Optional<String> unit() {
    return unit.isEmpty() ? Optional.empty() : Optional.of(unit);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Axis axis && axisName == axis.axisName && unit.equals(axis.unit);
  }

  @Override
  public int hashCode() {
    return 31 * axisName.hashCode() + unit.hashCode();
  }

  @Override
  public String toString() {
    return unit.isEmpty() ? name() : name() + " (" + unit + ")";
  }
}
