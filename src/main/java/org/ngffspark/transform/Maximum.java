// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.io.Serializable;
import org.ngffspark.zarr.nd.DataType;

/**
 * The parameter {@code max}: the value that stands for white.
 *
 * @param given NaN for the largest value of the pixels' type
 */
record Maximum(double given) implements Serializable {
  static final Parameter PARAMETER =
      Parameter.number("max", "the value that stands for white")
          .in(Range.above(0))
          .optional("largest value of an integer type, 1 for floats");

  static final Maximum OF_TYPE = new Maximum(Double.NaN);

  static Maximum of(Parameters values) {
    return new Maximum(values.optionalNumber("max").orElse(Double.NaN));
  }

  double of(DataType type) {
    if (!Double.isNaN(given)) {
      return given;
    }
    int bits = Byte.SIZE * type.bytes();
    return switch (type.kind()) {
      case BOOL, FLOAT -> 1;
      case UNSIGNED -> Math.scalb(1.0, bits) - 1;
      case SIGNED -> Math.scalb(1.0, bits - 1) - 1;
    };
  }
}
