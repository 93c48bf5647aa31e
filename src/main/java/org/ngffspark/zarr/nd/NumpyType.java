// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A type of elements and the order of their bytes, as numpy names them: {@code <u2}, {@code |b1};
 * also without an order, as in {@code f4}, and by the whole name, as in {@code uint16}.
 *
 * @param order little endian for types of one byte
 */
public record NumpyType(DataType type, ByteOrder order) {

  public NumpyType {
    order = type.bytes() == 1 ? ByteOrder.LITTLE_ENDIAN : order;
  }

  /** Empty if numpy has no such type, or it is not one of numbers. */
  public static Optional<NumpyType> parse(String text) {
    Optional<DataType> named = DataType.ofZarrName(text);
    if (named.isPresent()) {
      return named.map(type -> new NumpyType(type, ByteOrder.nativeOrder()));
    }
    boolean prefixed = !text.isEmpty() && "<>|=".indexOf(text.charAt(0)) >= 0;
    char prefix = prefixed ? text.charAt(0) : '=';
    String code = prefixed ? text.substring(1) : text;
    for (DataType type : DataType.values()) {
      if (code(type).equals(code) && (prefix != '|' || type.bytes() == 1)) {
        return Optional.of(new NumpyType(type, order(prefix)));
      }
    }
    return Optional.empty();
  }

  private static ByteOrder order(char prefix) {
    return switch (prefix) {
      case '>' -> ByteOrder.BIG_ENDIAN;
      case '=' -> ByteOrder.nativeOrder();
      default -> ByteOrder.LITTLE_ENDIAN;
    };
  }

  /** The letter and the number of bytes. */
  private static String code(DataType type) {
    String letter =
        switch (type.kind()) {
          case BOOL -> "b";
          case SIGNED -> "i";
          case UNSIGNED -> "u";
          case FLOAT -> "f";
        };
    return letter + type.bytes();
  }

  /** Bytes of an element. */
  public int width() {
    return type.bytes();
  }

  /** The name with the order, {@code |} for types of one byte. */
  @Override
  public String toString() {
    String prefix = order == ByteOrder.BIG_ENDIAN ? ">" : "<";
    return (type.bytes() == 1 ? "|" : prefix) + code(type);
  }
}
