// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;

/** The axes of an image in the order on disk: an ordered subset of t c z y x that ends in y x. */
public record Axes(List<Axis> axes) implements Serializable {
  private static final String ORDER = "tczyx";

  /**
   * @throws IllegalArgumentException if the order is another one, an axis comes twice, or y or x is
   *     missing
   */
  public Axes {
    axes = List.copyOf(axes);
    List<String> names = axes.stream().map(Axis::name).toList();
    int last = -1;
    for (String name : names) {
      if (ORDER.indexOf(name) <= last) {
        throw new IllegalArgumentException("Axes must be in the order t, c, z, y, x, got " + names);
      }
      last = ORDER.indexOf(name);
    }
    if (names.size() < 2
        || !names.subList(names.size() - 2, names.size()).equals(List.of("y", "x"))) {
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

  public List<String> names() {
    return axes.stream().map(Axis::name).toList();
  }

  /** Where the axis of that name stands; empty if there is none. */
  public OptionalInt index(String name) {
    for (int index = 0; index < axes.size(); index++) {
      if (axes.get(index).name().equals(name)) {
        return OptionalInt.of(index);
      }
    }
    return OptionalInt.empty();
  }

  public boolean has(String name) {
    return index(name).isPresent();
  }

  /** The name of the axis at a position. */
  public AxisName name(int index) {
    return axes.get(index).axisName();
  }

  public OptionalInt index(AxisName name) {
    return index(name.ngffName());
  }

  public boolean has(AxisName name) {
    return index(name).isPresent();
  }

  /** These axes without the one of that name; the same if there is none. */
  public Axes without(String name) {
    return new Axes(axes.stream().filter(axis -> !axis.name().equals(name)).toList());
  }
}
