// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NumpyType;

/**
 * {@code (x - offset) * scale}, rounded half to even, as {@code numcodecs.FixedScaleOffset}
 * computes it with numpy 2: floating-point elements in their own precision; integers as integers
 * where offset and scale are, else as doubles; decoding divides, in doubles for integers.
 *
 * @param offset a number, integral or not
 * @param scale a number, integral or not
 */
record ScaleOffsetFilter(
    JsonNode offset, JsonNode scale, NumpyType decodedType, NumpyType encodedType)
    implements ElementFilter {

  @Override
  public String name() {
    return "fixedscaleoffset";
  }

  @Override
  public void decode(Numbers encoded, Numbers decoded) {
    DataType type = encodedType.type().isFloat() ? encodedType.type() : DataType.FLOAT64;
    double divisor = Numbers.rounded(type, scale.doubleValue());
    double shift = Numbers.rounded(type, offset.doubleValue());
    for (int i = 0; i < encoded.count(); i++) {
      double quotient = Numbers.rounded(type, encoded.real(i) / divisor);
      decoded.put(i, Numbers.rounded(type, quotient + shift));
    }
  }

  @Override
  public void encode(Numbers decoded, Numbers encoded) {
    if (!decodedType.type().isFloat() && offset.isIntegralNumber()) {
      encodeIntegers(decoded, encoded);
      return;
    }
    DataType type = decodedType.type().isFloat() ? decodedType.type() : DataType.FLOAT64;
    double factor = Numbers.rounded(type, scale.doubleValue());
    double shift = Numbers.rounded(type, offset.doubleValue());
    for (int i = 0; i < decoded.count(); i++) {
      double difference = Numbers.rounded(type, decoded.real(i) - shift);
      encoded.put(i, Math.rint(Numbers.rounded(type, difference * factor)));
    }
  }

  private void encodeIntegers(Numbers decoded, Numbers encoded) {
    DataType type = decodedType.type();
    for (int i = 0; i < decoded.count(); i++) {
      long difference = DeltaFilter.wrapped(type, decoded.integer(i) - offset.longValue());
      if (scale.isIntegralNumber()) {
        encoded.put(i, DeltaFilter.wrapped(type, difference * scale.longValue()));
      } else {
        encoded.put(i, Math.rint(difference * scale.doubleValue()));
      }
    }
  }
}
