// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** JSON as programs of the field write it, read and written again. */
class JsonTest {

  private static ObjectNode parsed(String text) {
    return Json.parseObject(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), "here");
  }

  private static String written(JsonNode node) {
    return StandardCharsets.UTF_8.decode(Json.bytes(node)).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "1e-05",
        "1E5",
        "1.50",
        "-0.0",
        "0.1000000000000000055511151231257827",
        "3.141592653589793238462643383279502884197",
        "1e400",
        "1e-400",
        "0",
        "12345678901234567890123456789012345678901234567890",
        "-9223372036854775809",
        "\"\\ud800\"",
        "\"a\\udfff\\ud800b\"",
        "\"µm 🔬\"",
        "[1.0, {\"a\": 2e0}]",
      })
  void aValueIsWrittenAsItWasRead(String value) {
    String text = written(parsed("{\"key\": " + value + "}"));
    assertThat(text.replaceAll("\\s", "")).isEqualTo(("{\"key\":" + value + "}").replace(" ", ""));
    assertThat(parsed(text)).isEqualTo(parsed("{\"key\": " + value + "}"));
  }

  @Test
  void aNumberCountsAsTheDoubleNearestToIt() {
    ObjectNode node = parsed("{\"a\": 1e-05, \"b\": 0.50, \"c\": 1e400}");
    assertThat(node.path("a").doubleValue()).isEqualTo(1e-5);
    assertThat(node.path("b").doubleValue()).isEqualTo(0.5);
    assertThat(node.path("c").doubleValue()).isInfinite();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}{}",
        "{} x",
        "{\"a\": }",
        "{\"a\": 1,}",
        "[1,]",
        "{\"a\": 1 2}",
        "{\"a\": 1, \"a\": 2}",
        "{\"a\" 1}",
        "{'a': 1}",
        "nan",
        "[}"
      })
  void whatIsNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> parsed(text))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("Cannot read here: not valid JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"V2", "V3"})
  void attributesThatAreNotChangedStayAsTheyAre(String format) {
    StorePath path = StorePath.root(new MemoryStore()).child("group");
    ObjectNode attributes = parsed("{\"a\": NaN, \"b\": 1e-05, \"c\": \"\\ud83d\"}");
    Group group = Group.create(path, ZarrFormat.valueOf(format), attributes);
    group.writeAttributes(group.attributes().put("d", 1));
    String file = format.equals("V2") ? ".zattrs" : "zarr.json";
    String text =
        StandardCharsets.UTF_8.decode(path.store().read(path.key(file)).orElseThrow()).toString();
    assertThat(text).contains("NaN", "1e-05", "\"\\ud83d\"", "\"d\" : 1");
  }

  @Test
  void aFillValueWithMoreDigitsThanADoubleIsTheDoubleNearestToIt() {
    ObjectNode node =
        ArrayMetadata.defaults(ZarrFormat.V3, Shape.of(1), Shape.of(1), DataType.FLOAT64, List.of())
            .toJson(Json.object());
    node.set("fill_value", parsed("{\"v\": 0.1000000000000000055511151231257827}").path("v"));
    assertThat(ArrayMetadata.parse(ZarrFormat.V3, node, "here").fill())
        .isEqualTo(FillValue.of(DataType.FLOAT64, 0.1));
  }

  private static JsonNode tree(String text, long limit) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      return new JsonTree(parser, limit).read();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{},", "[],", "1,", "\"\",", "{\"a\":{}},", "1.5,", "null,"})
  void whatTakesMoreMemoryThanItMayIsRefusedHoweverShortItIs(String element) throws IOException {
    int count = 20_000;
    String text = "[" + element.repeat(count) + "0]";
    assertThat(tree(text, (long) count * 1_000).size()).isEqualTo(count + 1);
    assertThatThrownBy(() -> tree(text, 2 * count))
        .isInstanceOf(JsonParseException.class)
        .hasMessageContaining("the values take more than 0 MiB of memory");
  }

  @Test
  void theLimitIsOneOfMemoryAndNotOfText() throws IOException {
    String text = "{\"k\":\"" + "v".repeat(1_000_000) + "\"}";
    assertThat(tree(text, 1_001_000).size()).isEqualTo(1);
    assertThatThrownBy(() -> tree(text, 999_000)).isInstanceOf(JsonParseException.class);
  }
}
