// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How regions grow about their centre before their pixels are taken: each side by the padding, the
 * length by the factor. Near the start of an axis a region shifts, see {@link Roi#zoom}.
 *
 * @param factors by which the length on each axis is multiplied
 * @param paddings what is added on both sides of each axis
 * @param unit of the paddings
 */
public record Growth(Map<AxisName, Double> factors, Map<AxisName, Double> paddings, Unit unit)
    implements Serializable {
  private static final Set<AxisName> SPACE = Set.of(AxisName.Z, AxisName.Y, AxisName.X);

  /** What a padding is measured in. */
  public enum Unit {
    /** Pixels of the level whose pixels are taken. */
    PIXELS("px"),
    /** The unit of the image's axes, micrometre as a rule. */
    WORLD("um");

    private final String symbol;

    Unit(String symbol) {
      this.symbol = symbol;
    }

    /** As it stands behind a number. */
    public String symbol() {
      return symbol;
    }
  }

  /**
   * @throws IllegalArgumentException if an axis is none of z, y and x, a factor is not positive and
   *     finite, or a padding is negative or not finite
   */
  public Growth {
    factors = copy(factors);
    paddings = copy(paddings);
    factors.values().forEach(Roi::requireZoom);
    for (double padding : paddings.values()) {
      if (!(padding >= 0) || Double.isInfinite(padding)) {
        throw new IllegalArgumentException(
            "Padding must be 0 or a positive, finite number, got " + padding);
      }
    }
  }

  private static Map<AxisName, Double> copy(Map<AxisName, Double> values) {
    EnumMap<AxisName, Double> copy = new EnumMap<>(AxisName.class);
    copy.putAll(values);
    for (AxisName axis : copy.keySet()) {
      if (!SPACE.contains(axis)) {
        throw new IllegalArgumentException("Regions grow on the axes z, y and x, not on " + axis);
      }
    }
    return Collections.unmodifiableMap(copy);
  }

  /**
   * In y and x.
   *
   * @throws IllegalArgumentException if the factor is not positive and finite
   */
  public static Growth by(double factor) {
    return new Growth(both(factor), Map.of(), Unit.PIXELS);
  }

  private static Map<AxisName, Double> both(double value) {
    return Map.of(AxisName.Y, value, AxisName.X, value);
  }

  /**
   * From texts of users.
   *
   * @param zoom one factor for y and x, {@code 1.5}, or one for each axis: {@code z=2,y=1.5}
   * @param padding as the zoom, with {@code px} or {@code um} at its end; pixels if there is
   *     neither, none if it is empty
   * @throws IllegalArgumentException if a text is no such, or a value cannot be
   */
  public static Growth parse(String zoom, String padding) {
    Map<AxisName, Double> factors = new EnumMap<>(both(1));
    factors.putAll(values("Zoom", zoom, "1.5 or z=2,y=1.5,x=1.5"));
    Unit unit = padding.endsWith(Unit.WORLD.symbol) ? Unit.WORLD : Unit.PIXELS;
    Map<AxisName, Double> paddings =
        padding.isEmpty()
            ? Map.of()
            : values(
                "Padding",
                padding.replaceFirst("(px|um)$", ""),
                "10, 10px, 2.5um or z=1,y=10,x=10px");
    return new Growth(factors, paddings, unit);
  }

  private static Map<AxisName, Double> values(String what, String text, String examples) {
    Map<AxisName, Double> values = new EnumMap<>(AxisName.class);
    try {
      for (String item : text.split(",", -1)) {
        int equals = item.indexOf('=');
        double value = Double.parseDouble(item.substring(equals + 1));
        Map<AxisName, Double> named =
            equals < 0
                ? both(value)
                : Map.of(AxisName.ofNgffName(item.substring(0, equals)).orElseThrow(), value);
        if (!Collections.disjoint(values.keySet(), named.keySet())) {
          throw new IllegalArgumentException("an axis comes twice");
        }
        values.putAll(named);
      }
      return values;
    } catch (NoSuchElementException | IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          what
              + " must be a number for y and x, or one for each axis, as "
              + examples
              + "; got '"
              + text
              + "'",
          wrong);
    }
  }

  /** Whether it is one factor for y and x, and nothing else. */
  public boolean isPlain() {
    return paddings.isEmpty()
        && factors.keySet().equals(both(1).keySet())
        && factors.get(AxisName.Y).equals(factors.get(AxisName.X));
  }

  /** The factors as {@link #parse} takes them. */
  public String zoomText() {
    boolean one = new Growth(factors, Map.of(), unit).isPlain();
    return one ? factors.get(AxisName.X).toString() : text(factors);
  }

  /** The paddings as {@link #parse} takes them. */
  public String paddingText() {
    return paddings.isEmpty() ? "" : text(paddings) + unit.symbol;
  }

  private static String text(Map<AxisName, Double> values) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }

  /**
   * The region after it has grown.
   *
   * @param pixels size of the pixels that are taken
   * @throws IllegalArgumentException if it grows beyond what a number can hold
   */
  Roi of(Roi roi, PixelSize pixels) {
    Map<AxisName, Interval> grown = roi.intervals();
    for (AxisName axis : SPACE) {
      if (factors.containsKey(axis) || paddings.containsKey(axis)) {
        double factor = factors.getOrDefault(axis, 1.0);
        double padding =
            paddings.getOrDefault(axis, 0.0) * (unit == Unit.PIXELS ? pixels.get(axis) : 1);
        grown.computeIfPresent(axis, (name, interval) -> interval.grow(factor, padding));
      }
    }
    return new Roi(roi.name(), roi.label(), grown);
  }

  /** The zoom, and the padding if there is one. */
  @Override
  public String toString() {
    return paddings.isEmpty() ? zoomText() : zoomText() + " + " + paddingText();
  }
}
