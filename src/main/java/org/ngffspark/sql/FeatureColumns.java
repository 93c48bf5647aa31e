// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.ngffspark.table.BooleanColumn;
import org.ngffspark.table.Column;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.LongColumn;
import org.ngffspark.table.StringColumn;

/**
 * The columns of a data frame that is written: the id of each object, what tells its image, and
 * features.
 */
final class FeatureColumns implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Set<String> OF_PLACE =
      Set.of(ObjectSchema.PLATE, ObjectSchema.ROW, ObjectSchema.COLUMN, ObjectSchema.ACQUISITION);

  private final StructType schema;
  private final List<Integer> features;

  /**
   * @throws IllegalArgumentException if there is no column of labels, or a feature is no number,
   *     text or truth value
   */
  FeatureColumns(StructType schema) {
    this.schema = schema;
    if (index(ObjectSchema.LABEL).isEmpty()) {
      throw new IllegalArgumentException(
          "A feature table needs a column 'label'; the data frame has "
              + List.of(schema.fieldNames()));
    }
    this.features =
        IntStream.range(0, schema.size())
            .filter(index -> isFeature(schema.fields()[index].name()))
            .boxed()
            .toList();
    features.forEach(index -> requireKnown(schema.fields()[index]));
  }

  private static boolean isFeature(String name) {
    return !ObjectSchema.isKey(name) && !OF_PLACE.contains(name);
  }

  private static void requireKnown(StructField field) {
    DataType type = field.dataType();
    boolean known =
        isWhole(type) || isReal(type) || type instanceof StringType || type instanceof BooleanType;
    if (!known) {
      throw new IllegalArgumentException(
          "Column '%s' is %s; a feature table holds numbers, text and truth values"
              .formatted(field.name(), type.simpleString()));
    }
  }

  private static boolean isWhole(DataType type) {
    return type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType;
  }

  private static boolean isReal(DataType type) {
    return type instanceof DoubleType || type instanceof FloatType;
  }

  private OptionalInt index(String name) {
    return IntStream.range(0, schema.size())
        .filter(index -> schema.fields()[index].name().equals(name))
        .findFirst();
  }

  /**
   * The image of a row, as {@code B/03/0}; empty where the row does not say.
   *
   * @throws IllegalArgumentException if it says a part of it only
   */
  String image(InternalRow row) {
    Optional<String> well = text(row, ObjectSchema.WELL);
    Optional<String> image = text(row, ObjectSchema.IMAGE);
    if (well.isPresent() && image.isEmpty()) {
      throw new IllegalArgumentException("A row has a well, " + well.get() + ", but no image");
    }
    return well.map(path -> path + "/" + image.get()).orElse("");
  }

  private Optional<String> text(InternalRow row, String name) {
    OptionalInt index = index(name);
    return index.isEmpty() || row.isNullAt(index.getAsInt())
        ? Optional.empty()
        : Optional.of(row.getUTF8String(index.getAsInt()).toString());
  }

  /** Label and features of a row; null where one is missing. */
  Object[] values(InternalRow row) {
    int label = index(ObjectSchema.LABEL).getAsInt();
    Object[] values = new Object[features.size() + 1];
    if (row.isNullAt(label)) {
      throw new IllegalArgumentException("A row has no label");
    }
    values[0] = ((Number) row.get(label, schema.fields()[label].dataType())).longValue();
    for (int i = 0; i < features.size(); i++) {
      int index = features.get(i);
      values[i + 1] = row.isNullAt(index) ? null : value(row, index);
    }
    return values;
  }

  private Object value(InternalRow row, int index) {
    DataType type = schema.fields()[index].dataType();
    Object value = row.get(index, type);
    if (isWhole(type)) {
      return ((Number) value).longValue();
    }
    if (isReal(type)) {
      return ((Number) value).doubleValue();
    }
    return value instanceof Boolean ? value : value.toString();
  }

  /** The table of an image, ascending by time point, if rows have one, and label. */
  FeatureTable table(String labelName, List<Object[]> rows) {
    List<Object[]> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingLong(this::time).thenComparingLong(row -> (long) row[0]));
    long[] labels = sorted.stream().mapToLong(row -> (long) row[0]).toArray();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      StructField field = schema.fields()[features.get(i)];
      int at = i + 1;
      columns.add(column(field, sorted.stream().map(row -> Optional.ofNullable(row[at])).toList()));
    }
    return FeatureTable.of(labelName, labels, columns);
  }

  private long time(Object[] row) {
    OptionalInt index = index(ObjectSchema.TIME);
    boolean known = index.isPresent() && isWhole(schema.fields()[index.getAsInt()].dataType());
    return known && row[features.indexOf(index.getAsInt()) + 1] instanceof Long time ? time : 0;
  }

  private static Column column(StructField field, List<Optional<Object>> values) {
    BitSet missing = new BitSet();
    IntStream.range(0, values.size())
        .filter(row -> values.get(row).isEmpty())
        .forEach(missing::set);
    String name = field.name();
    if (isReal(field.dataType())) {
      return DoubleColumn.of(
          name, values.stream().mapToDouble(v -> (double) v.orElse(Double.NaN)).toArray());
    }
    if (isWhole(field.dataType())) {
      return LongColumn.of(
          name, values.stream().mapToLong(v -> (long) v.orElse(0L)).toArray(), missing);
    }
    if (field.dataType() instanceof BooleanType && missing.isEmpty()) {
      boolean[] flags = new boolean[values.size()];
      for (int row = 0; row < flags.length; row++) {
        flags[row] = (boolean) values.get(row).orElseThrow();
      }
      return BooleanColumn.of(name, flags);
    }
    String[] texts =
        values.stream().map(v -> v.map(Object::toString).orElse("")).toArray(String[]::new);
    int[] rows = IntStream.range(0, texts.length).map(row -> missing.get(row) ? -1 : row).toArray();
    return StringColumn.of(name, texts).select(rows);
  }
}
