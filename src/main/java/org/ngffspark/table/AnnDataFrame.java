// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.ngffspark.zarr.StringArray;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.FormatException;

/** A dataframe of an AnnData group: one array or group per column, all of the index's length. */
final class AnnDataFrame {
  private final AnnDataNode node;
  private final Column index;

  private AnnDataFrame(AnnDataNode node, Column index) {
    this.node = node;
    this.index = index;
  }

  /**
   * @throws FormatException if it is not a dataframe or its index is wrong
   */
  static AnnDataFrame open(AnnDataNode node) {
    requireEncoding(node, "dataframe");
    String name = node.text("_index");
    AnnDataNode index = node.child(name);
    if (index.encoding().equals("string-array")) {
      return new AnnDataFrame(node, strings(name, index.strings()));
    }
    return new AnnDataFrame(node, numbers(index, name, index.numbers()));
  }

  private static void requireEncoding(AnnDataNode node, String encoding) {
    if (!node.encoding().equals(encoding)) {
      throw node.problem(
          "encoding-type must be \"" + encoding + "\", got \"" + node.encoding() + "\"");
    }
  }

  Column index() {
    return index;
  }

  int rows() {
    return index.size();
  }

  /**
   * The columns but the index, in their order.
   *
   * @throws FormatException if a column is missing, of another length, or in an encoding that is
   *     not supported
   */
  List<Column> columns() {
    JsonNode order = node.attributes().path("column-order");
    if (!order.isArray()) {
      throw node.problem("the attribute column-order must be an array, got " + order);
    }
    List<Column> columns = new ArrayList<>();
    for (JsonNode name : order) {
      columns.add(column(node.child(name.asText()), name.asText()));
    }
    return columns;
  }

  private Column column(AnnDataNode element, String name) {
    return switch (element.encoding()) {
      case "array" -> numbers(element, name, element.numbers(rows()));
      case "string-array" -> texts(element, name);
      case "categorical" -> categorical(element, name);
      case "nullable-integer", "nullable-boolean" ->
          new NumberColumns(values(element).numbers(rows()), element.path().toString())
              .column(0, name, mask(element));
      case "nullable-string-array" -> nullableTexts(element, name);
      default ->
          throw element.problem(
              "encoding-type \"" + element.encoding() + "\" is not supported in tables");
    };
  }

  private static Column numbers(AnnDataNode element, String name, NdArray values) {
    return new NumberColumns(values, element.path().toString()).column(0, name, new BitSet());
  }

  private Column texts(AnnDataNode element, String name) {
    StringArray array = element.strings();
    if (array.length() != rows()) {
      throw element.problem("it must have " + rows() + " rows, got " + array.length());
    }
    return strings(name, array);
  }

  private static StringColumn strings(String name, StringArray array) {
    return StringColumn.wrap(name, array.read().toArray(String[]::new));
  }

  private static AnnDataNode values(AnnDataNode element) {
    return element.child("values");
  }

  private BitSet mask(AnnDataNode element) {
    NdArray mask = element.child("mask").numbers(rows());
    BitSet missing = new BitSet();
    for (int row = 0; row < rows(); row++) {
      missing.set(row, mask.bytes()[row * mask.type().bytes()] != 0);
    }
    return missing;
  }

  private Column nullableTexts(AnnDataNode element, String name) {
    Column values = texts(values(element), name);
    BitSet missing = mask(element);
    String[] texts = new String[rows()];
    for (int row = 0; row < texts.length; row++) {
      texts[row] = missing.get(row) ? null : values.text(row);
    }
    return StringColumn.wrap(name, texts);
  }

  private Column categorical(AnnDataNode element, String name) {
    Column categories = categories(element.child("categories"), name);
    AnnDataNode node = element.child("codes");
    if (!(numbers(node, name, node.numbers(rows())) instanceof LongColumn codes)) {
      throw node.problem("codes of categories must be integers");
    }
    int[] rows = new int[rows()];
    for (int row = 0; row < rows.length; row++) {
      long code = codes.value(row);
      if (code < -1 || code >= categories.size()) {
        throw node.problem(
            "code %d in row %d is none of the %d categories"
                .formatted(code, row, categories.size()));
      }
      rows[row] = (int) code;
    }
    return categories.select(rows);
  }

  private static Column categories(AnnDataNode node, String name) {
    if (node.encoding().equals("string-array")) {
      return strings(name, node.strings());
    }
    return numbers(node, name, node.numbers());
  }
}
