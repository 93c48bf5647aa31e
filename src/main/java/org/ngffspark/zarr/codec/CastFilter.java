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
      decoded.put(i, encoded);
    }
  }

  @Override
  public void encode(Numbers decoded, Numbers encoded) {
    for (int i = 0; i < decoded.count(); i++) {
      encoded.put(i, decoded);
    }
  }
}
