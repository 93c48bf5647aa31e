// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ngffspark.zarr.store.FormatException;

class JsonColumnsTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static List<Column> read(String json) {
    try {
      return new JsonColumns("here/.zattrs").read((ObjectNode) MAPPER.readTree(json));
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  @Test
  void everyColumnHasTheTypeOfItsValues() {
    assertThat(
            read(
                """
                {"a": [1, -2], "b": [1, 0.5], "c": [true, false], "d": ["x", ""], "e": []}
                """))
        .containsExactly(
            LongColumn.of("a", 1, -2),
            DoubleColumn.of("b", 1, 0.5),
            BooleanColumn.of("c", true, false),
            StringColumn.of("d", "x", ""),
            DoubleColumn.of("e"));
  }

  @Test
  void nullAndBareNaNAreMissing() {
    BitSet first = new BitSet();
    first.set(0);
    BitSet second = new BitSet();
    second.set(1);
    assertThat(
            read(
                """
                {"a": [null, 7], "b": [NaN, 0.5], "c": [NaN, true], "d": [null, "x"],
                 "e": [null, NaN], "f": [Infinity, null]}
                """))
        .containsExactly(
            LongColumn.wrap("a", new long[] {0, 7}, first),
            DoubleColumn.of("b", Double.NaN, 0.5),
            BooleanColumn.wrap("c", 2, second, first),
            StringColumn.wrap("d", new String[] {null, "x"}),
            DoubleColumn.of("e", Double.NaN, Double.NaN),
            DoubleColumn.of("f", Double.POSITIVE_INFINITY, Double.NaN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": {\"0\": 1}} | column 'a' must be an array",
        "{\"a\": 5}          | column 'a' must be an array, got 5",
        "{\"a\": [1, \"x\"]} | column 'a' must hold a number in row 1",
        "{\"a\": [\"x\", 1]} | column 'a' must hold a string in row 1",
        "{\"a\": [true, 0]}  | column 'a' must hold a boolean in row 1",
        "{\"a\": [[1]]}      | column 'a' must hold a number in row 0",
      })
  void whatIsNoColumnIsRefused(String json, String problem) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("here/.zattrs")
        .hasMessageContaining(problem);
  }
}
