// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.Optional;

/**
 * A parameter that a transform declares. Made by {@link #number}, {@link #integer}, {@link #label}
 * or {@link #text}; it is required unless {@link #withDefault} or {@link #optional} says otherwise.
 *
 * @param name as on the command line, {@code --param name=value}
 * @param type what its values are
 * @param range which numbers it takes
 * @param fallback the value where none is given; empty if it is required or may be left out
 * @param absence what holds where it is left out, in words; empty if it is required
 * @param help one line
 */
public record Parameter(
    String name,
    ParameterType type,
    Range range,
    Optional<String> fallback,
    Optional<String> absence,
    String help) {

  /** A number with a fraction, finite unless {@link #in} says otherwise. */
  public static Parameter number(String name, String help) {
    return of(name, ParameterType.NUMBER, Range.FINITE, help);
  }

  /** A whole number of 64 bits. */
  public static Parameter integer(String name, String help) {
    return of(name, ParameterType.INTEGER, Range.ANY, help);
  }

  /** A label id, up to the largest one of 64 bits without sign. */
  public static Parameter label(String name, String help) {
    return of(name, ParameterType.LABEL, Range.ANY, help);
  }

  /** Any text. */
  public static Parameter text(String name, String help) {
    return of(name, ParameterType.TEXT, Range.ANY, help);
  }

  private static Parameter of(String name, ParameterType type, Range range, String help) {
    return new Parameter(name, type, range, Optional.empty(), Optional.empty(), help);
  }

  /** The same, for numbers of that range only. */
  public Parameter in(Range newRange) {
    return new Parameter(name, type, newRange, fallback, absence, help);
  }

  /** The same, with a value where none is given. */
  public Parameter withDefault(String value) {
    return new Parameter(name, type, range, Optional.of(value), Optional.of(value), help);
  }

  /**
   * The same, may be left out.
   *
   * @param meaning what holds then, in words
   */
  public Parameter optional(String meaning) {
    return new Parameter(name, type, range, Optional.empty(), Optional.of(meaning), help);
  }

  public boolean isRequired() {
    return absence.isEmpty();
  }

  /** The values it takes, in words: {@code a number greater than 0}. */
  public String values() {
    return range.equals(Range.ANY) ? type.toString() : type + ", " + range.text();
  }

  /** Checks a value and writes it in one way only, so that equal values have equal texts. */
  String canonical(String value) {
    try {
      return switch (type) {
        case NUMBER -> text(inRange(Double.parseDouble(value)));
        case INTEGER -> integer(value);
        case LABEL -> Long.toUnsignedString(Long.parseUnsignedLong(value));
        case TEXT -> value;
      };
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "Parameter '" + name + "' must be " + values() + ", got '" + value + "'", notANumber);
    }
  }

  private String integer(String value) {
    long parsed = Long.parseLong(value);
    inRange((double) parsed);
    return Long.toString(parsed);
  }

  private double inRange(double value) {
    if (!range.holds().test(value)) {
      throw new NumberFormatException("Out of range: " + value);
    }
    return value;
  }

  /** The shortest text of a number, whole ones without a fraction. */
  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
