// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import org.ngffspark.zarr.nd.NumpyType;

/** Elements of another type, as {@code numcodecs.AsType} stores them. */
record CastFilter(NumpyType decodedType, NumpyType encodedType) implements ElementFilter {

  @Override
  public String name() {
    return "astype";
  }

  @Override
  public void decode(Numbers encoded, Numbers decoded) {
    for (int i = 0; i < encoded.count(); i++) {
      decoded.put(i, encoded, i);
    }
  }

  @Override
  public void encode(Numbers decoded, Numbers encoded) {
    double step = encodedType.type().isFloat() ? 0 : 1;
    Numbers back = Numbers.one(decodedType);
    for (int i = 0; i < decoded.count(); i++) {
      encoded.put(i, decoded, i);
      back.put(0, encoded, i);
      boolean held =
          decodedType.type().isFloat()
              ? encoded.isNear(i, decoded.real(i), step)
              : back.integer(0) == decoded.integer(i);
      if (!held) {
        throw notHeld(decoded, i);
      }
    }
  }
}
