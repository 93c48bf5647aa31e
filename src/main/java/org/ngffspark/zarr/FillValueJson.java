// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Float16;

/** Fill values as the Zarr specifications write them in JSON. */
final class FillValueJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String NAN = "NaN";
  private static final String INFINITY = "Infinity";
  private static final String MINUS_INFINITY = "-Infinity";

  // No longer than a double or an integer of 64 bits can need.
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,40}");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,400}\\.?\\d{0,400}|\\.\\d{1,400})([eE][+-]?\\d{1,9})?");

  private FillValueJson() {}

  /**
   * Reads the field {@code fill_value}. As zarr-python does, it takes numbers and booleans for each
   * other, and numbers in quotes.
   */
  static FillValue read(JsonView fields, DataType type, ZarrFormat format) {
    JsonView value = fields.present("fill_value");
    if (value.node().isNull() && format == ZarrFormat.V2) {
      return FillValue.undefined(type);
    }
    OptionalLong bits =
        switch (type.kind()) {
          case BOOL -> bool(value.node());
          case SIGNED, UNSIGNED -> integer(value.node(), type);
          case FLOAT -> floating(value.node(), type, format);
        };
    return FillValue.ofBits(
        type, bits.orElseThrow(() -> value.problem("must be " + expected(type))));
  }

  private static String expected(DataType type) {
    return switch (type.kind()) {
      case BOOL -> "true or false";
      case SIGNED, UNSIGNED -> "an integer that fits " + type;
      case FLOAT -> "a number that fits " + type + ", \"NaN\", \"Infinity\" or \"-Infinity\"";
    };
  }

  private static OptionalLong bool(JsonNode value) {
    if (value.isBoolean()) {
      return OptionalLong.of(value.booleanValue() ? 1 : 0);
    }
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    return number == 0 || number == 1 ? OptionalLong.of((long) number) : OptionalLong.empty();
  }

  private static OptionalLong integer(JsonNode value, DataType type) {
    return wholeNumber(value).filter(number -> fits(number, type)).stream()
        .mapToLong(BigInteger::longValue)
        .findFirst();
  }

  /** Integers, and floating point numbers without a fraction such as 0.0. */
  private static Optional<BigInteger> wholeNumber(JsonNode value) {
    if (value.isIntegralNumber()) {
      return Optional.of(value.bigIntegerValue());
    }
    if (value.isBoolean()) {
      return Optional.of(value.booleanValue() ? BigInteger.ONE : BigInteger.ZERO);
    }
    if (value.isTextual() && INTEGER.matcher(value.textValue()).matches()) {
      return Optional.of(new BigInteger(value.textValue()));
    }
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    return Math.rint(number) == number && Math.abs(number) <= 0x1p64
        ? Optional.of(new BigDecimal(number).toBigIntegerExact())
        : Optional.empty();
  }

  private static boolean fits(BigInteger number, DataType type) {
    int bits = 8 * type.bytes();
    return type.kind() == DataType.Kind.UNSIGNED
        ? number.signum() >= 0 && number.bitLength() <= bits
        : number.bitLength() < bits;
  }

  private static OptionalLong floating(JsonNode value, DataType type, ZarrFormat format) {
    OptionalDouble number = number(value);
    if (number.isEmpty()) {
      return format == ZarrFormat.V3 ? hexadecimal(value, type) : OptionalLong.empty();
    }
    long bits = bits(number.getAsDouble(), type);
    boolean overflow =
        Double.isFinite(number.getAsDouble()) && !Double.isFinite(number(bits, type));
    return overflow ? OptionalLong.empty() : OptionalLong.of(bits);
  }

  private static OptionalDouble number(JsonNode value) {
    if (value.isNumber()) {
      return OptionalDouble.of(value.doubleValue());
    }
    if (value.isBoolean()) {
      return OptionalDouble.of(value.booleanValue() ? 1 : 0);
    }
    String text = value.isTextual() ? value.textValue() : "";
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> OptionalDouble.of(Double.NaN);
      case "infinity", "inf" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "-infinity", "-inf" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
      default ->
          NUMBER.matcher(text).matches()
              ? OptionalDouble.of(Double.parseDouble(text))
              : OptionalDouble.empty();
    };
  }

  /** {@code "0x7fc00000"}: the bits of the element, most significant first. */
  private static OptionalLong hexadecimal(JsonNode value, DataType type) {
    String text = value.isTextual() ? value.textValue() : "";
    return text.matches("0x[0-9a-fA-F]{" + 2 * type.bytes() + "}")
        ? OptionalLong.of(Long.parseUnsignedLong(text.substring(2), 16))
        : OptionalLong.empty();
  }

  static FillValue of(DataType type, double value) {
    if (type.isFloat()) {
      return FillValue.ofBits(type, bits(value, type));
    }
    boolean whole = Math.rint(value) == value && Math.abs(value) <= 0x1p64;
    BigInteger number = whole ? new BigDecimal(value).toBigIntegerExact() : BigInteger.ZERO;
    boolean holds = type == DataType.BOOL ? value == 0 || value == 1 : fits(number, type);
    if (!whole || !holds) {
      throw new IllegalArgumentException("Fill value " + value + " should be " + expected(type));
    }
    return FillValue.ofBits(type, number.longValue());
  }

  private static long bits(double number, DataType type) {
    return switch (type.bytes()) {
      case 2 -> Float16.ofDouble(number);
      case 4 -> Float.floatToIntBits((float) number);
      default -> Double.doubleToLongBits(number);
    };
  }

  private static double number(long bits, DataType type) {
    return switch (type.bytes()) {
      case 2 -> Float16.toDouble((short) bits);
      case 4 -> Float.intBitsToFloat((int) bits);
      default -> Double.longBitsToDouble(bits);
    };
  }

  static JsonNode write(FillValue fill, ZarrFormat format) {
    if (fill.declared().isEmpty()) {
      return NODES.nullNode();
    }
    long bits = fill.bits();
    int unused = Long.SIZE - 8 * fill.type().bytes();
    return switch (fill.type().kind()) {
      case BOOL -> NODES.booleanNode(bits != 0);
      case SIGNED -> NODES.numberNode(bits << unused >> unused);
      case UNSIGNED -> unsigned(bits);
      case FLOAT -> floating(bits, fill.type(), format);
    };
  }

  private static JsonNode unsigned(long bits) {
    return bits >= 0
        ? NODES.numberNode(bits)
        : NODES.numberNode(new BigInteger(Long.toUnsignedString(bits)));
  }

  private static JsonNode floating(long bits, DataType type, ZarrFormat format) {
    double number = number(bits, type);
    if (Double.isFinite(number)) {
      return NODES.numberNode(number);
    }
    if (Double.isInfinite(number)) {
      return NODES.textNode(number > 0 ? INFINITY : MINUS_INFINITY);
    }
    boolean usual = FillValue.ofBits(type, bits(Double.NaN, type)).bits() == bits;
    if (usual || format == ZarrFormat.V2) {
      return NODES.textNode(NAN);
    }
    return NODES.textNode(("0x%0" + 2 * type.bytes() + "x").formatted(bits));
  }
}
