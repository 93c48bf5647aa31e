// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.io.Serializable;
import java.util.Optional;

/** One axis of an image: name, type and the unit its pixel sizes are given in. Immutable. */
public final class Axis implements Serializable {
  private static final long serialVersionUID = 1L;

  private final AxisName name;
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
    if (this.name.type() != type) {
      throw new IllegalArgumentException(
          "Axis '" + name + "' has type " + this.name.type() + ", got " + type);
    }
  }

  private Axis(AxisName name, String unit) {
    this.name = name;
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

  public AxisName name() {
    return name;
  }

  public AxisType type() {
    return name.type();
  }

  public Optional<String> unit() {
    return unit.isEmpty() ? Optional.empty() : Optional.of(unit);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Axis axis && name == axis.name && unit.equals(axis.unit);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + unit.hashCode();
  }

  @Override
  public String toString() {
    return unit.isEmpty() ? name.ngffName() : name + " (" + unit + ")";
  }
}
