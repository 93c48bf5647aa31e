// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ngffspark.ngff.NodeName;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.StringArray;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.StorePath;

/**
 * Writes an AnnData group of version 0.1.0: floats into {@code X}, everything else into {@code
 * obs}. Booleans go into {@code obs} too, since {@code X} has one type and would make floats of
 * them.
 */
final class AnnDataWriter {
  private static final List<String> EMPTY_PARTS =
      List.of("layers", "obsm", "obsp", "uns", "varm", "varp");
  private static final String ARRAY_VERSION = "0.2.0";
  private static final String UNNAMED = "_index";

  private final StorePath group;
  private final ZarrFormat format;

  AnnDataWriter(StorePath group, ZarrFormat format) {
    this.group = group;
    this.format = format;
  }

  /**
   * @throws IllegalArgumentException if the name of a column that is an array of its own cannot be
   *     one's
   */
  void write(Table table, ObjectNode attributes) {
    List<DoubleColumn> numbers =
        table.values().stream()
            .filter(DoubleColumn.class::isInstance)
            .map(DoubleColumn.class::cast)
            .toList();
    List<Column> others =
        table.values().stream().filter(column -> !(column instanceof DoubleColumn)).toList();
    others.forEach(column -> NodeName.checked(column.name()));
    table.index().ifPresent(column -> NodeName.checked(column.name()));
    Group.create(group, format, attributes.setAll(encoding("anndata", "0.1.0")));
    EMPTY_PARTS.forEach(part -> Group.create(group.child(part), format, encoding("dict", "0.1.0")));
    writeMatrix(numbers, table.rows());
    writeFrame(
        group.child("var"),
        StringColumn.of(UNNAMED, numbers.stream().map(Column::name).toArray(String[]::new)),
        List.of());
    writeFrame(group.child("obs"), index(table), others);
  }

  private static StringColumn index(Table table) {
    return table
        .index()
        .map(ColumnConversion::strings)
        .orElseGet(() -> StringColumn.rowNumbers(UNNAMED, table.rows()));
  }

  private static ObjectNode encoding(String type, String version) {
    return Json.object().put("encoding-type", type).put("encoding-version", version);
  }

  private void writeMatrix(List<DoubleColumn> columns, int rows) {
    NdArray values = NdArray.zeros(DataType.FLOAT64, Shape.of(rows, columns.size()));
    ByteBuffer buffer = values.buffer();
    for (int row = 0; row < rows; row++) {
      for (DoubleColumn column : columns) {
        buffer.putDouble(column.value(row));
      }
    }
    writeArray(group.child("X"), values);
  }

  private void writeArray(StorePath path, NdArray values) {
    long[] chunk = Arrays.stream(values.shape().toArray()).map(n -> Math.max(1, n)).toArray();
    ArrayMetadata metadata =
        ArrayMetadata.defaults(format, values.shape(), Shape.of(chunk), values.type(), List.of());
    ZarrArray array = ZarrArray.create(path, metadata, encoding("array", ARRAY_VERSION));
    array.write(Box.whole(values.shape()), values);
  }

  private void writeFrame(StorePath path, StringColumn index, List<Column> columns) {
    ObjectNode attributes = encoding("dataframe", ARRAY_VERSION).put("_index", index.name());
    ArrayNode order = attributes.putArray("column-order");
    columns.forEach(column -> order.add(column.name()));
    Group.create(path, format, attributes);
    writeStrings(path.child(index.name()), texts(index));
    for (Column column : columns) {
      StorePath child = path.child(column.name());
      if (column instanceof StringColumn strings) {
        writeTexts(child, strings);
      } else {
        writeNullable(child, column);
      }
    }
  }

  private static List<String> texts(Column column) {
    return IntStream.range(0, column.size()).mapToObj(column::text).toList();
  }

  /** Texts that are missing or repeated become categories, as anndata does it. */
  private void writeTexts(StorePath path, StringColumn column) {
    TreeMap<String, Integer> categories = new TreeMap<>();
    for (int row = 0; row < column.size(); row++) {
      column.value(row).ifPresent(text -> categories.put(text, 0));
    }
    if (categories.size() == column.size()) {
      writeStrings(path, texts(column));
      return;
    }
    int code = 0;
    for (Map.Entry<String, Integer> category : categories.entrySet()) {
      category.setValue(code++);
    }
    Group.create(path, format, encoding("categorical", ARRAY_VERSION).put("ordered", false));
    writeStrings(path.child("categories"), List.copyOf(categories.keySet()));
    writeArray(path.child("codes"), codes(column, categories));
  }

  private static NdArray codes(StringColumn column, Map<String, Integer> categories) {
    DataType type =
        categories.size() <= Byte.MAX_VALUE
            ? DataType.INT8
            : categories.size() <= Short.MAX_VALUE ? DataType.INT16 : DataType.INT32;
    NdArray codes = NdArray.zeros(type, Shape.of(column.size()));
    ByteBuffer buffer = codes.buffer();
    for (int row = 0; row < column.size(); row++) {
      int code = column.value(row).map(categories::get).orElse(-1);
      switch (type) {
        case INT8 -> buffer.put((byte) code);
        case INT16 -> buffer.putShort((short) code);
        default -> buffer.putInt(code);
      }
    }
    return codes;
  }

  private void writeNullable(StorePath path, Column column) {
    NdArray values = values(column);
    NdArray mask = NdArray.zeros(DataType.BOOL, values.shape());
    boolean complete = true;
    for (int row = 0; row < column.size(); row++) {
      mask.bytes()[row] = (byte) (column.isMissing(row) ? 1 : 0);
      complete &= !column.isMissing(row);
    }
    if (complete) {
      writeArray(path, values);
      return;
    }
    String type = column instanceof LongColumn ? "nullable-integer" : "nullable-boolean";
    Group.create(path, format, encoding(type, "0.1.0"));
    writeArray(path.child("values"), values);
    writeArray(path.child("mask"), mask);
  }

  private static NdArray values(Column column) {
    Shape shape = Shape.of(column.size());
    if (column instanceof LongColumn longs) {
      NdArray values = NdArray.zeros(DataType.INT64, shape);
      values.buffer().asLongBuffer().put(longs.toArray());
      return values;
    }
    NdArray values = NdArray.zeros(DataType.BOOL, shape);
    for (int row = 0; row < column.size(); row++) {
      values.bytes()[row] = (byte) (((BooleanColumn) column).value(row) ? 1 : 0);
    }
    return values;
  }

  private void writeStrings(StorePath path, List<String> values) {
    StringArray.create(path, format, values, encoding("string-array", ARRAY_VERSION));
  }
}
