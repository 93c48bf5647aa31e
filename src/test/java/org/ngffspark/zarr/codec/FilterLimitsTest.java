// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.NumpyType;
import org.ngffspark.zarr.nd.Shape;

/** Filters that store elements in types that hold fewer numbers. */
class FilterLimitsTest {
  private static final Shape ONE = Shape.of(1);
  private static final String ASTYPE =
      "[{'id':'astype','encode_dtype':'%2$s','decode_dtype':'%1$s'}]";
  private static final String DELTA = "[{'id':'delta','dtype':'%s','astype':'%s'}]";
  private static final String SCALED =
      "[{'id':'fixedscaleoffset','offset':2,'scale':%3$s,'dtype':'%1$s','astype':'%2$s'}]";

  @ParameterizedTest
  @CsvSource({
    "astype, u2, u1, 0, 255, 256",
    "astype, u4, f4, 0, 16777216, 16777217",
    "astype, i2, u2, 0, -1, ",
    "astype, f4, i2, 0, 1.5, 40000",
    "astype, f4, i2, 0, -32768, NaN",
    "astype, f8, f4, 0, 0.1, 1e39",
    "astype, f4, f2, 0, 0.1, 70000",
    "delta, u4, u2, 0, 65535, 65536",
    "delta, u4, i2, 0, 4294967295, 40000",
    "delta, f4, i2, 0, 100, 40000",
    "scaled, u2, u1, 1, 257, 258",
    "scaled, u2, u1, 0.25, 1000, 1",
    "scaled, u2, u2, 2, 32769, 32770",
    "scaled, f4, u2, 10, 6555.5, 1",
    "scaled, f4, u2, 10, 3, NaN",
    "scaled, u2, u2, 1, 1, ",
  })
  void whatDoesNotComeBackIsRefused(
      String filter, String type, String stored, String scale, double held, Double refused) {
    NumpyType elements = NumpyType.parse("<" + type).orElseThrow();
    CodecPipeline pipeline =
        CodecPipeline.ofV2(
            Pipelines.json("null"),
            Pipelines.json(json(filter).formatted("<" + type, "<" + stored, scale)),
            Order.C,
            ByteOrder.LITTLE_ENDIAN,
            elements.type(),
            ONE,
            ".zarray");
    CodecScratch scratch = new CodecScratch();
    NdArray back = NdArray.zeros(elements.type(), ONE);
    ByteBuffer encoded = pipeline.encode(chunk(elements.type(), held), scratch);
    pipeline.decode(ByteBuffer.wrap(Pipelines.bytes(encoded)), back, scratch, "0");
    double step =
        type.startsWith("f") ? 1 : filter.equals("scaled") ? 1 / Double.parseDouble(scale) : 0;
    assertThat(Math.abs(numbers(back).real(0) - held)).isNotNaN().isLessThanOrEqualTo(step);
    if (refused != null) {
      assertThatThrownBy(() -> pipeline.encode(chunk(elements.type(), refused), scratch))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(" does not come back");
    }
  }

  private static String json(String filter) {
    return switch (filter.toLowerCase(Locale.ROOT)) {
      case "astype" -> ASTYPE;
      case "delta" -> DELTA;
      default -> SCALED;
    };
  }

  private static NdArray chunk(DataType type, double value) {
    NdArray chunk = NdArray.zeros(type, ONE);
    numbers(chunk).put(0, value);
    return chunk;
  }

  private static Numbers numbers(NdArray chunk) {
    NumpyType type = new NumpyType(chunk.type(), ByteOrder.nativeOrder());
    return new Numbers(ByteSpan.of(ByteBuffer.wrap(chunk.bytes())), type);
  }
}
