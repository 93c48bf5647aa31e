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
      double scaled = Math.rint(Numbers.rounded(type, difference * factor));
      encoded.put(i, scaled);
      requireHeld(decoded, encoded, i, scaled);
    }
  }

  private void encodeIntegers(Numbers decoded, Numbers encoded) {
    Numbers difference = Numbers.one(decodedType);
    for (int i = 0; i < decoded.count(); i++) {
      difference.put(0, decoded.integer(i) - offset.longValue());
      double scaled = Math.rint(difference.real(0) * scale.doubleValue());
      if (scale.isIntegralNumber()) {
        encoded.put(i, difference.integer(0) * scale.longValue());
      } else {
        encoded.put(i, scaled);
      }
      requireHeld(decoded, encoded, i, scaled);
    }
  }

  private void requireHeld(Numbers decoded, Numbers encoded, int index, double scaled) {
    if (!encoded.isNear(index, scaled, 0)) {
      throw notHeld(decoded, index);
    }
  }
}
