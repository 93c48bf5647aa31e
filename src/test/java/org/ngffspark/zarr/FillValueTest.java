// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.zarr.TestLayouts.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.store.FormatException;

class FillValueTest {

  @Test
  void numbersOfEveryTypeAreRead() {
    assertThat(bits(DataType.UINT8, "255")).isEqualTo(0xff);
    assertThat(bits(DataType.INT8, "-128")).isEqualTo(0x80);
    assertThat(bits(DataType.INT16, "-1")).isEqualTo(0xffff);
    assertThat(bits(DataType.UINT32, "4294967295")).isEqualTo(0xffffffffL);
    assertThat(bits(DataType.UINT64, "18446744073709551615")).isEqualTo(-1L);
    assertThat(bits(DataType.INT64, "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(bits(DataType.UINT16, "3.0")).isEqualTo(3);
    assertThat(bits(DataType.BOOL, "true")).isEqualTo(1);
    assertThat(bits(DataType.FLOAT32, "0.1")).isEqualTo(Float.floatToIntBits(0.1f));
    assertThat(bits(DataType.FLOAT32, "-0.0")).isEqualTo(0x80000000L);
    assertThat(bits(DataType.FLOAT64, "1")).isEqualTo(Double.doubleToLongBits(1));
    assertThat(bits(DataType.FLOAT16, "1.5")).isEqualTo(0x3e00);
  }

  @Test
  void namesOfSpecialNumbersAreRead() {
    assertThat(bits(DataType.FLOAT16, "'NaN'")).isEqualTo(0x7e00);
    assertThat(bits(DataType.FLOAT32, "'NaN'")).isEqualTo(0x7fc00000L);
    assertThat(bits(DataType.FLOAT64, "'NaN'")).isEqualTo(0x7ff8000000000000L);
    assertThat(bits(DataType.FLOAT32, "'Infinity'")).isEqualTo(0x7f800000L);
    assertThat(bits(DataType.FLOAT32, "'-Infinity'")).isEqualTo(0xff800000L);
  }

  @Test
  void hexadecimalBitsAreOfV3Only() {
    assertThat(bits(DataType.FLOAT32, "'0x7fc00001'")).isEqualTo(0x7fc00001L);
    assertThat(bits(DataType.FLOAT16, "'0x7E01'")).isEqualTo(0x7e01);
    refused(DataType.FLOAT32, "'0x7fc0'", ZarrFormat.V3);
    refused(DataType.FLOAT32, "'7fc00001'", ZarrFormat.V3);
    refused(DataType.FLOAT32, "'0x7fc00001'", ZarrFormat.V2);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    for (ZarrFormat format : List.of(ZarrFormat.V2, ZarrFormat.V3)) {
      refused(DataType.UINT8, "256", format);
      refused(DataType.INT8, "128", format);
      refused(DataType.UINT64, "18446744073709551616", format);
      refused(DataType.UINT64, "-1", format);
      refused(DataType.INT64, "9223372036854775808", format);
      refused(DataType.UINT16, "0.5", format);
      refused(DataType.UINT16, "1e300", format);
      refused(DataType.UINT16, "''", format);
      refused(DataType.UINT16, "'1.0'", format);
      refused(DataType.UINT16, "'-1'", format);
      refused(DataType.BOOL, "2", format);
      refused(DataType.BOOL, "'true'", format);
      refused(DataType.FLOAT32, "1e39", format);
      refused(DataType.FLOAT16, "65520", format);
      refused(DataType.FLOAT32, "'1e39'", format);
      refused(DataType.FLOAT32, "'one'", format);
      refused(DataType.FLOAT32, "[]", format);
    }
    refused(DataType.FLOAT32, "null", ZarrFormat.V3);
  }

  @Test
  void numbersBooleansAndTextsStandForEachOther() {
    for (ZarrFormat format : List.of(ZarrFormat.V2, ZarrFormat.V3)) {
      assertThat(read(DataType.UINT16, "'0'", format)).isEqualTo(FillValue.of(DataType.UINT16, 0));
      assertThat(read(DataType.INT16, "'-7'", format)).isEqualTo(FillValue.of(DataType.INT16, -7));
      assertThat(read(DataType.UINT8, "false", format)).isEqualTo(FillValue.zero(DataType.UINT8));
      assertThat(read(DataType.UINT8, "true", format)).isEqualTo(FillValue.of(DataType.UINT8, 1));
      assertThat(read(DataType.BOOL, "1", format)).isEqualTo(FillValue.of(DataType.BOOL, 1));
      assertThat(read(DataType.BOOL, "0.0", format)).isEqualTo(FillValue.zero(DataType.BOOL));
      assertThat(read(DataType.FLOAT32, "false", format))
          .isEqualTo(FillValue.zero(DataType.FLOAT32));
      assertThat(read(DataType.FLOAT64, "'1.5e1'", format))
          .isEqualTo(FillValue.of(DataType.FLOAT64, 15));
      assertThat(read(DataType.FLOAT64, "'nan'", format))
          .isEqualTo(FillValue.of(DataType.FLOAT64, Double.NaN));
      assertThat(read(DataType.FLOAT32, "'-inf'", format))
          .isEqualTo(FillValue.of(DataType.FLOAT32, Double.NEGATIVE_INFINITY));
    }
  }

  @Test
  void nullOfV2IsUndefined() {
    FillValue fill = read(DataType.UINT16, "null", ZarrFormat.V2);
    assertThat(fill).isEqualTo(FillValue.undefined(DataType.UINT16));
    assertThat(fill.bits()).isZero();
    assertThat(fill.toJson(ZarrFormat.V2).isNull()).isTrue();
    assertThat(read(DataType.BOOL, "1", ZarrFormat.V2).bits()).isEqualTo(1);
  }

  @Test
  void anyBitsSurviveV3AndAllButUnusualNaNsSurviveV2() {
    SplittableRandom random = new SplittableRandom(4);
    for (DataType type : DataType.values()) {
      for (int i = 0; i < 500; i++) {
        FillValue fill = FillValue.ofBits(type, type == DataType.BOOL ? i & 1 : random.nextLong());
        for (ZarrFormat format : List.of(ZarrFormat.V2, ZarrFormat.V3)) {
          String text = fill.toJson(format).toString();
          if (format == ZarrFormat.V3 || !text.equals("\"NaN\"")) {
            assertThat(read(type, text, format)).as("%s %s", type, text).isEqualTo(fill);
          }
        }
      }
    }
  }

  @Test
  void valuesAreWrittenAsZarrPythonWritesThem() {
    assertThat(FillValue.of(DataType.FLOAT32, 0).toJson(ZarrFormat.V2)).hasToString("0.0");
    assertThat(FillValue.of(DataType.UINT16, 7).toJson(ZarrFormat.V3)).hasToString("7");
    assertThat(FillValue.of(DataType.BOOL, 1).toJson(ZarrFormat.V3)).hasToString("true");
    assertThat(FillValue.of(DataType.FLOAT64, Double.NaN).toJson(ZarrFormat.V3))
        .hasToString("\"NaN\"");
    assertThat(FillValue.ofBits(DataType.UINT64, -1).toJson(ZarrFormat.V2))
        .hasToString("18446744073709551615");
    assertThat(FillValue.ofBits(DataType.FLOAT32, 0x7fc00001).toJson(ZarrFormat.V3))
        .hasToString("\"0x7fc00001\"");
  }

  @Test
  void aCallersNumberMustFit() {
    assertThat(FillValue.of(DataType.INT8, -3).bits()).isEqualTo(0xfd);
    assertThatThrownBy(() -> FillValue.of(DataType.INT8, 128))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("128.0 should be an integer that fits int8");
    assertThatThrownBy(() -> FillValue.of(DataType.BOOL, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FillValue.of(DataType.UINT8, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FillValue.of(DataType.UINT64, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static long bits(DataType type, String value) {
    return read(type, value, ZarrFormat.V3).bits();
  }

  private static FillValue read(DataType type, String value, ZarrFormat format) {
    ObjectNode node = Json.object();
    node.set("fill_value", json(value));
    return FillValueJson.read(new JsonView("0/zarr.json", "", node), type, format);
  }

  private static void refused(DataType type, String value, ZarrFormat format) {
    assertThatThrownBy(() -> read(type, value, format))
        .as("%s %s", type, value)
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("0/zarr.json: fill_value must be")
        .hasMessageContaining(json(value).toString());
  }
}
