// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;

/** The axes of an image in the order on disk: an ordered subset of t c z y x that ends in y x. */
public record Axes(List<Axis> axes) implements Serializable {
  /**
   * @throws IllegalArgumentException if the order is another one, an axis comes twice, or y or x is
   *     missing
   */
  public Axes {
    axes = List.copyOf(axes);
    List<AxisName> names = axes.stream().map(Axis::name).toList();
    for (int axis = 1; axis < names.size(); axis++) {
      if (names.get(axis).compareTo(names.get(axis - 1)) <= 0) {
        throw new IllegalArgumentException("Axes must be in the order t, c, z, y, x, got " + names);
      }
    }
    if (!names.containsAll(List.of(AxisName.Y, AxisName.X))) {
      throw new IllegalArgumentException("Axes must end in y, x, got " + names);
    }
  }

  /** Axes without units by their names, for example {@code of("c", "y", "x")}. */
  public static Axes of(String... names) {
    return new Axes(List.of(names).stream().map(Axis::of).toList());
  }

  public int rank() {
    return axes.size();
  }

  public Axis get(int index) {
    return axes.get(index);
  }

  /** The names as in metadata. */
  public List<String> names() {
    return axes.stream().map(axis -> axis.name().ngffName()).toList();
  }

  /** The name of the axis at a position. */
  public AxisName name(int index) {
    return axes.get(index).name();
  }

  /** Where the axis of that name stands; empty if there is none. */
  public OptionalInt index(AxisName name) {
    for (int index = 0; index < axes.size(); index++) {
      if (name(index) == name) {
        return OptionalInt.of(index);
      }
    }
    return OptionalInt.empty();
  }

  public boolean has(AxisName name) {
    return index(name).isPresent();
  }

  /** These axes without the one of that name; the same if there is none. */
  public Axes without(AxisName name) {
    return new Axes(axes.stream().filter(axis -> axis.name() != name).toList());
  }
}
