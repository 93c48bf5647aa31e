// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.store.FormatException;

/**
 * Columns given as {@code {name: [values]}}. A missing value is null or NaN; the others of a column
 * must be all numbers, all strings or all booleans.
 *
 * @param location of the file, for messages
 */
record JsonColumns(String location) {
  // What may be read again, with brackets and names to spare.
  private static final long MOST_VALUES = 9_000_000;

  /**
   * @throws FormatException if a column is not an array of such values
   */
  List<Column> read(ObjectNode node) {
    List<Column> columns = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      columns.add(column(field.getKey(), field.getValue()));
    }
    return columns;
  }

  /**
   * Undoes {@link #read}: the index comes first, a missing value is null.
   *
   * @throws IllegalArgumentException if there are more values than a metadata file may hold
   */
  static ObjectNode write(Table table) {
    long values = (long) table.rows() * table.columns().size();
    if (values > MOST_VALUES) {
      throw new IllegalArgumentException(
          "A table of "
              + values
              + " values is too large for JSON, the limit is "
              + MOST_VALUES
              + "; write it as parquet, anndata or csv");
    }
    ObjectNode node = Json.object();
    for (Column column : table.columns()) {
      ArrayNode array = node.putArray(column.name());
      for (int row = 0; row < column.size(); row++) {
        if (column.isMissing(row)) {
          array.addNull();
        } else if (column instanceof DoubleColumn doubles) {
          array.add(doubles.value(row));
        } else if (column instanceof LongColumn longs) {
          array.add(longs.value(row));
        } else if (column instanceof BooleanColumn booleans) {
          array.add(booleans.value(row));
        } else {
          array.add(column.text(row));
        }
      }
    }
    return node;
  }

  private Column column(String name, JsonNode values) {
    if (!values.isArray()) {
      throw new FormatException(
          location, "column '" + name + "' must be an array, got " + quote(values));
    }
    JsonNode first = firstPresent(values);
    if (first.isTextual()) {
      return strings(name, values);
    }
    if (first.isBoolean()) {
      return booleans(name, values);
    }
    return isLong(values) ? longs(name, values) : doubles(name, values);
  }

  private static JsonNode firstPresent(JsonNode values) {
    for (JsonNode value : values) {
      if (!isMissing(value)) {
        return value;
      }
    }
    return values.path(values.size());
  }

  private static boolean isMissing(JsonNode value) {
    return value.isNull() || (value.isFloatingPointNumber() && Double.isNaN(value.doubleValue()));
  }

  private static boolean isLong(JsonNode values) {
    boolean some = false;
    for (JsonNode value : values) {
      boolean whole = value.isIntegralNumber() && value.canConvertToLong();
      if (!whole && !isMissing(value)) {
        return false;
      }
      some |= whole;
    }
    return some;
  }

  private static LongColumn longs(String name, JsonNode values) {
    long[] longs = new long[values.size()];
    for (int row = 0; row < longs.length; row++) {
      longs[row] = values.get(row).asLong();
    }
    return LongColumn.wrap(name, longs, missing(values));
  }

  private DoubleColumn doubles(String name, JsonNode values) {
    double[] doubles = new double[values.size()];
    for (int row = 0; row < doubles.length; row++) {
      JsonNode value = values.get(row);
      require(value.isNumber() || isMissing(value), name, row, "a number", value);
      doubles[row] = isMissing(value) ? Double.NaN : value.doubleValue();
    }
    return DoubleColumn.wrap(name, doubles);
  }

  private StringColumn strings(String name, JsonNode values) {
    String[] strings = new String[values.size()];
    for (int row = 0; row < strings.length; row++) {
      JsonNode value = values.get(row);
      require(value.isTextual() || isMissing(value), name, row, "a string", value);
      strings[row] = isMissing(value) ? null : value.textValue();
    }
    return StringColumn.wrap(name, strings);
  }

  private BooleanColumn booleans(String name, JsonNode values) {
    BitSet booleans = new BitSet();
    for (int row = 0; row < values.size(); row++) {
      JsonNode value = values.get(row);
      require(value.isBoolean() || isMissing(value), name, row, "a boolean", value);
      booleans.set(row, value.booleanValue());
    }
    return BooleanColumn.wrap(name, values.size(), booleans, missing(values));
  }

  private static BitSet missing(JsonNode values) {
    BitSet missing = new BitSet();
    for (int row = 0; row < values.size(); row++) {
      missing.set(row, isMissing(values.get(row)));
    }
    return missing;
  }

  private void require(boolean right, String name, int row, String wanted, JsonNode value) {
    if (!right) {
      throw new FormatException(
          location,
          "column '%s' must hold %s in row %d like the rows before it, got %s"
              .formatted(name, wanted, row, quote(value)));
    }
  }

  private static String quote(JsonNode value) {
    return Quote.shorten(value.toString());
  }
}
