// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What ngio reads in a table, as {@code golden_tables.py} writes it down. */
record ExpectedTable(JsonNode node) {

  boolean hasIndex() {
    return !node.path("index").isNull();
  }

  Column index() {
    return column(node.path("index").textValue(), node.path("rows"));
  }

  List<Column> values() {
    List<Column> columns = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : node.path("columns").properties()) {
      columns.add(column(field.getKey(), field.getValue()));
    }
    return columns;
  }

  private static Column column(String name, JsonNode column) {
    List<JsonNode> values = new ArrayList<>();
    column.path("values").forEach(values::add);
    BitSet missing = new BitSet();
    IntStream.range(0, values.size()).forEach(i -> missing.set(i, values.get(i).isNull()));
    return switch (column.path("type").textValue()) {
      case "long" ->
          LongColumn.wrap(name, values.stream().mapToLong(JsonNode::longValue).toArray(), missing);
      case "double" ->
          DoubleColumn.wrap(
              name,
              values.stream()
                  .mapToDouble(value -> value.isNull() ? Double.NaN : value.doubleValue())
                  .toArray());
      case "boolean" -> {
        BitSet set = new BitSet();
        IntStream.range(0, values.size()).forEach(i -> set.set(i, values.get(i).booleanValue()));
        yield BooleanColumn.wrap(name, values.size(), set, missing);
      }
      default ->
          StringColumn.wrap(name, values.stream().map(JsonNode::textValue).toArray(String[]::new));
    };
  }
}
