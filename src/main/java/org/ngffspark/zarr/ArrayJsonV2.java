// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.codec.Order;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NumpyType;
import org.ngffspark.zarr.nd.Shape;

/** The file {@code .zarray} of the Zarr v2 specification; fields it does not know are ignored. */
final class ArrayJsonV2 {
  static final String FILE = ".zarray";
  private static final String STRINGS = "|O";
  private static final List<String> ORDERS = List.of("<", ">", "|");

  private ArrayJsonV2() {}

  static ArrayLayout parse(JsonView fields) {
    fields.require("zarr_format").requireNumber(2);
    Shape shape = fields.require("shape").shape(0);
    Shape chunks = fields.require("chunks").shape(1);
    JsonView dtype = fields.require("dtype");
    Optional<NumpyType> type = type(dtype);
    return new ArrayLayout(
        ZarrFormat.V2,
        shape,
        chunks,
        Optional.empty(),
        type.map(NumpyType::type),
        fields.present("fill_value").node(),
        new ChunkEncoding.V2(
            type.map(NumpyType::order).orElse(ByteOrder.LITTLE_ENDIAN),
            order(fields.require("order")),
            orNull(fields.at("compressor")),
            orNull(fields.at("filters"))),
        new ChunkKeys(ChunkKeys.Style.V2, separator(fields)),
        List.of());
  }

  /** Empty for strings. */
  private static Optional<NumpyType> type(JsonView dtype) {
    if (dtype.node().asText().equals(STRINGS)) {
      return Optional.empty();
    }
    Optional<NumpyType> type = NumpyType.parse(dtype.node().asText());
    if (type.isEmpty() || !ORDERS.contains(dtype.text().substring(0, 1))) {
      throw dtype.problem(
          "must be |b1, |i1, |u1, |O for strings, or i2, i4, i8, u2, u4, u8, f2, f4, f8 with < or"
              + " > before them");
    }
    return type;
  }

  private static Order order(JsonView order) {
    return Order.valueOf(order.oneOf(List.of("C", "F")));
  }

  /** Some writers leave out what is null. */
  private static JsonNode orNull(JsonView value) {
    return value.node().isMissingNode() ? NullNode.getInstance() : value.node();
  }

  private static String separator(JsonView fields) {
    return fields
        .find("dimension_separator")
        .map(separator -> separator.oneOf(List.of(".", "/")))
        .orElse(".");
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
    return type.map(numbers -> new NumpyType(numbers, order).toString()).orElse(STRINGS);
  }

  static void putLengths(ArrayNode list, Shape shape) {
    for (int axis = 0; axis < shape.rank(); axis++) {
      list.add(shape.get(axis));
    }
  }
}
