// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.codec.Order;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

/** The file {@code .zarray} of the Zarr v2 specification; fields it does not know are ignored. */
final class ArrayJsonV2 {
  static final String FILE = ".zarray";
  private static final String STRINGS = "|O";

  private ArrayJsonV2() {}

  static ArrayLayout parse(JsonFields fields) {
    fields.requireNumber("zarr_format", 2);
    Shape shape = fields.shape("shape", 0);
    Shape chunks = fields.shape("chunks", 1);
    String dtype = dtype(fields);
    JsonNode filters = fields.required("filters");
    if (!filters.isNull() && !filters.isArray()) {
      throw fields.problem(
          "filters", "should be null or a list, but is " + JsonFields.shown(filters));
    }
    return new ArrayLayout(
        ZarrFormat.V2,
        shape,
        chunks,
        Optional.empty(),
        type(dtype, fields),
        fields.required("fill_value"),
        new ChunkEncoding.V2(byteOrder(dtype), order(fields), compressor(fields), filters),
        new ChunkKeys(ChunkKeys.Style.V2, separator(fields)),
        List.of());
  }

  private static String dtype(JsonFields fields) {
    JsonNode dtype = fields.required("dtype");
    if (!dtype.isTextual() || dtype.textValue().isEmpty()) {
      throw unknown(fields);
    }
    return dtype.textValue();
  }

  private static Optional<DataType> type(String dtype, JsonFields fields) {
    if (dtype.equals(STRINGS)) {
      return Optional.empty();
    }
    for (DataType type : DataType.values()) {
      boolean sameType = dtype.substring(1).equals(code(type));
      if (sameType && (type.bytes() == 1 ? "<>|" : "<>").indexOf(dtype.charAt(0)) >= 0) {
        return Optional.of(type);
      }
    }
    throw unknown(fields);
  }

  private static RuntimeException unknown(JsonFields fields) {
    return fields.problem(
        "dtype",
        JsonFields.shown(fields.get("dtype"))
            + " is not supported; supported are |b1, |i1, |u1, |O for strings, and i2, i4, i8, u2,"
            + " u4, u8, f2, f4, f8 with < or > before them");
  }

  /** The letter and the number of bytes, as numpy names types. */
  private static String code(DataType type) {
    String letter =
        switch (type.kind()) {
          case BOOL -> "b";
          case SIGNED -> "i";
          case UNSIGNED -> "u";
          case FLOAT -> "f";
        };
    return letter + type.bytes();
  }

  private static ByteOrder byteOrder(String dtype) {
    return dtype.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  private static Order order(JsonFields fields) {
    return switch (fields.text("order")) {
      case "C" -> Order.C;
      case "F" -> Order.F;
      default ->
          throw fields.problem(
              "order", "should be \"C\" or \"F\", but is " + JsonFields.shown(fields.get("order")));
    };
  }

  private static JsonNode compressor(JsonFields fields) {
    JsonNode compressor = fields.required("compressor");
    if (!compressor.isNull() && !compressor.isObject()) {
      throw fields.problem(
          "compressor", "should be null or an object, but is " + JsonFields.shown(compressor));
    }
    return compressor;
  }

  private static String separator(JsonFields fields) {
    JsonNode separator = fields.get("dimension_separator");
    if (separator.isMissingNode()) {
      return ".";
    }
    String text = separator.asText();
    if (!separator.isTextual() || !(text.equals(".") || text.equals("/"))) {
      throw fields.problem(
          "dimension_separator", "should be \".\" or \"/\", but is " + JsonFields.shown(separator));
    }
    return text;
  }

  static ObjectNode write(ArrayLayout layout) {
    ChunkEncoding.V2 encoding = (ChunkEncoding.V2) layout.encoding();
    ObjectNode node = Json.object();
    putLengths(node.putArray("shape"), layout.shape());
    putLengths(node.putArray("chunks"), layout.chunks());
    node.put("dtype", dtype(layout.type(), encoding.byteOrder()));
    node.set("fill_value", layout.fill());
    node.put("order", encoding.order().name());
    node.set("filters", encoding.filters());
    node.put("dimension_separator", layout.keys().separator());
    node.set("compressor", encoding.compressor());
    return node.put("zarr_format", 2);
  }

  private static String dtype(Optional<DataType> type, ByteOrder order) {
    if (type.isEmpty()) {
      return STRINGS;
    }
    String prefix = order == ByteOrder.BIG_ENDIAN ? ">" : "<";
    return (type.get().bytes() == 1 ? "|" : prefix) + code(type.get());
  }

  static void putLengths(ArrayNode list, Shape shape) {
    for (int axis = 0; axis < shape.rank(); axis++) {
      list.add(shape.get(axis));
    }
  }
}
