// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import java.util.Arrays;
import java.util.Optional;

/**
 * Fixed-size element types of an array, under the names of the Zarr v3 specification ({@code bool},
 * {@code uint16}, …). The byte order of the stored bytes is not part of the type: decoded elements
 * are always in native order.
 */
public enum DataType {
  BOOL(1, Kind.BOOL),
  INT8(1, Kind.SIGNED),
  INT16(2, Kind.SIGNED),
  INT32(4, Kind.SIGNED),
  INT64(8, Kind.SIGNED),
  UINT8(1, Kind.UNSIGNED),
  UINT16(2, Kind.UNSIGNED),
  UINT32(4, Kind.UNSIGNED),
  UINT64(8, Kind.UNSIGNED),
  FLOAT16(2, Kind.FLOAT),
  FLOAT32(4, Kind.FLOAT),
  FLOAT64(8, Kind.FLOAT);

  /** What the bits of an element mean. */
  public enum Kind {
    BOOL,
    SIGNED,
    UNSIGNED,
    FLOAT
  }

  private final int bytes;
  private final Kind kind;

  DataType(int bytes, Kind kind) {
    this.bytes = bytes;
    this.kind = kind;
  }

  /** Bytes of one element: 1, 2, 4 or 8. */
  public int bytes() {
    return bytes;
  }

  public Kind kind() {
    return kind;
  }

  /** True for signed and unsigned integers, false for bool and floats. */
  public boolean isInteger() {
    return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
  }

  public boolean isFloat() {
    return kind == Kind.FLOAT;
  }

  /** The name in Zarr v3 metadata and in numpy, for example {@code uint16}. */
  public String zarrName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The type of that Zarr v3 name; empty for names that are not fixed-size numbers or bool. */
  public static Optional<DataType> ofZarrName(String name) {
    return Arrays.stream(values()).filter(type -> type.zarrName().equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return zarrName();
  }
}
