// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NumpyType;

/**
 * Differences to the element before, as {@code numcodecs.Delta} computes them: in the type of the
 * elements, where integers wrap, then cast.
 */
record DeltaFilter(NumpyType decodedType, NumpyType encodedType) implements ElementFilter {
  private static final double WHOLE = 1;

  @Override
  public String name() {
    return "delta";
  }

  @Override
  public void decode(Numbers encoded, Numbers decoded) {
    DataType type = decodedType.type();
    if (type.isFloat()) {
      double sum = 0;
      for (int i = 0; i < encoded.count(); i++) {
        double next = Numbers.rounded(type, encoded.real(i));
        sum = i == 0 ? next : Numbers.rounded(type, sum + next);
        decoded.put(i, sum);
      }
    } else {
      long sum = 0;
      for (int i = 0; i < encoded.count(); i++) {
        sum += encoded.integer(i);
        decoded.put(i, sum);
      }
    }
  }

  @Override
  public void encode(Numbers decoded, Numbers encoded) {
    DataType type = decodedType.type();
    for (int i = 0; i < decoded.count(); i++) {
      if (type.isFloat()) {
        double before = i == 0 ? 0 : decoded.real(i - 1);
        double difference = Numbers.rounded(type, decoded.real(i) - before);
        encoded.put(i, difference);
        if (!encoded.isNear(i, difference, WHOLE)) {
          throw notHeld(decoded, i);
        }
      } else {
        long before = i == 0 ? 0 : decoded.integer(i - 1);
        long difference = wrapped(type, decoded.integer(i) - before);
        encoded.put(i, difference);
        if (wrapped(type, encoded.integer(i)) != difference) {
          throw notHeld(decoded, i);
        }
      }
    }
  }

  /** The number that an integer type makes of this one. */
  static long wrapped(DataType type, long value) {
    int unused = Long.SIZE - Byte.SIZE * type.bytes();
    return type.kind() == DataType.Kind.UNSIGNED
        ? value << unused >>> unused
        : value << unused >> unused;
  }
}
