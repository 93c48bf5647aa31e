// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;
import org.ngffspark.zarr.nd.DataType;

/**
 * What the elements of a missing chunk are.
 *
 * @param type the array's type
 * @param declared the element's bits, as an array in memory holds them, in the low bytes; empty for
 *     the {@code null} of Zarr v2, which leaves missing chunks undefined: they read as zero, and a
 *     chunk of zeros is stored, not left out
 */
public record FillValue(DataType type, OptionalLong declared) {

  public FillValue {
    long bits = declared.orElse(0);
    if (type.bytes() < 8 && bits >>> (8 * type.bytes()) != 0) {
      throw new IllegalArgumentException(
          "Fill value 0x" + Long.toHexString(bits) + " has more bits than " + type);
    }
  }

  public static FillValue zero(DataType type) {
    return new FillValue(type, OptionalLong.of(0));
  }

  /** The {@code null} of Zarr v2. */
  public static FillValue undefined(DataType type) {
    return new FillValue(type, OptionalLong.empty());
  }

  /** An element's bits in the low bytes; the other bytes of {@code bits} are not looked at. */
  public static FillValue ofBits(DataType type, long bits) {
    long mask = type.bytes() == 8 ? -1L : (1L << (8 * type.bytes())) - 1;
    return new FillValue(type, OptionalLong.of(bits & mask));
  }

  /**
   * A number as that type's fill value.
   *
   * @throws IllegalArgumentException if an integer or boolean type cannot hold it exactly
   */
  public static FillValue of(DataType type, double value) {
    return FillValueJson.of(type, value);
  }

  /** The bits that missing elements read as. */
  public long bits() {
    return declared.orElse(0);
  }

  /** The value as it stands in metadata of that format. */
  JsonNode toJson(ZarrFormat format) {
    return FillValueJson.write(this, format);
  }
}
