// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Numbers as text, without what Java's own parsers take beyond them: {@code 1f}, {@code 0x1p3}. */
final class Numbers {
  private static final double WRITTEN_AS_INTEGER = 1e15;

  private Numbers() {}

  /** A decimal integer of 64 bits; empty if the text is none. */
  static OptionalLong parseLong(String text) {
    int start = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    if (text.length() == start || text.length() > start + 19) {
      return OptionalLong.empty();
    }
    long value = 0;
    for (int i = start; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return OptionalLong.empty();
      }
      value = value * 10 - digit;
    }
    // Summed up as a negative number, so that the smallest one fits; a positive sum has overflown.
    boolean negative = text.charAt(0) == '-';
    if (value > 0 || (!negative && value == Long.MIN_VALUE)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(negative ? value : -value);
  }

  /** A decimal number or an infinity; empty if the text is neither. */
  static OptionalDouble parseDouble(String text) {
    boolean decimal = !text.isEmpty();
    for (int i = 0; i < text.length() && decimal; i++) {
      decimal = "0123456789+-.eE".indexOf(text.charAt(i)) >= 0;
    }
    if (!decimal) {
      return infinity(text);
    }
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException notANumber) {
      return OptionalDouble.empty();
    }
  }

  private static OptionalDouble infinity(String text) {
    return switch (text) {
      case "inf", "+inf", "Infinity", "+Infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "-inf", "-Infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
      default -> OptionalDouble.empty();
    };
  }

  /** Text that reads back as exactly this number; whole numbers without a fraction. */
  static String format(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    boolean negativeZero = Double.doubleToRawLongBits(value) == Long.MIN_VALUE;
    if (Math.rint(value) == value && Math.abs(value) < WRITTEN_AS_INTEGER && !negativeZero) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }
}
