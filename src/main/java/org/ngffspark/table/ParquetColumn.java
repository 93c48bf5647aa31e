// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.Arrays;
import java.util.BitSet;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.ngffspark.zarr.store.FormatException;

/** Fills one column from the column chunks of all row groups, in order. */
final class ParquetColumn {

  /** Takes the current value of the reader as the value of a row. */
  private interface Value {
    void take(ColumnReader reader, int row);
  }

  private interface Result {
    Column build(String name, BitSet missing);
  }

  private final ColumnDescriptor descriptor;
  private final Value value;
  private final Result result;
  private final BitSet missing = new BitSet();
  private int rows;

  private ParquetColumn(ColumnDescriptor descriptor, Value value, Result result) {
    this.descriptor = descriptor;
    this.value = value;
    this.result = result;
  }

  /**
   * @param rows of all row groups
   * @throws FormatException if the column is nested or of a type that tables do not have
   */
  static ParquetColumn of(String location, ColumnDescriptor descriptor, int rows) {
    PrimitiveType type = descriptor.getPrimitiveType();
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    boolean whole = logical == null || logical instanceof IntLogicalTypeAnnotation;
    boolean text =
        logical instanceof StringLogicalTypeAnnotation
            || logical instanceof EnumLogicalTypeAnnotation;
    if (descriptor.getPath().length != 1 || descriptor.getMaxRepetitionLevel() != 0) {
      throw unsupported(location, descriptor);
    }
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> booleans(descriptor, rows);
      case FLOAT, DOUBLE -> doubles(descriptor, rows);
      case INT32, INT64 -> {
        if (!whole) {
          throw unsupported(location, descriptor);
        }
        yield longs(descriptor, rows, location);
      }
      case BINARY -> {
        if (!text) {
          throw unsupported(location, descriptor);
        }
        yield strings(descriptor, rows);
      }
      default -> throw unsupported(location, descriptor);
    };
  }

  private static FormatException unsupported(String location, ColumnDescriptor descriptor) {
    return new FormatException(
        location,
        "column "
            + String.join(".", descriptor.getPath())
            + " is '"
            + descriptor.getPrimitiveType()
            + "'; tables have integers, floats, booleans and strings");
  }

  private static ParquetColumn booleans(ColumnDescriptor descriptor, int rows) {
    BitSet values = new BitSet();
    return new ParquetColumn(
        descriptor,
        (reader, row) -> values.set(row, reader.getBoolean()),
        (name, missing) -> BooleanColumn.wrap(name, rows, values, missing));
  }

  private static ParquetColumn doubles(ColumnDescriptor descriptor, int rows) {
    double[] values = new double[rows];
    Arrays.fill(values, Double.NaN);
    boolean single =
        descriptor.getPrimitiveType().getPrimitiveTypeName()
            == PrimitiveType.PrimitiveTypeName.FLOAT;
    Value value =
        single
            ? (reader, row) -> values[row] = reader.getFloat()
            : (reader, row) -> values[row] = reader.getDouble();
    return new ParquetColumn(descriptor, value, (name, missing) -> DoubleColumn.wrap(name, values));
  }

  private static ParquetColumn longs(ColumnDescriptor descriptor, int rows, String location) {
    long[] values = new long[rows];
    boolean unsigned =
        descriptor.getPrimitiveType().getLogicalTypeAnnotation()
                instanceof IntLogicalTypeAnnotation integer
            && !integer.isSigned();
    boolean narrow =
        descriptor.getPrimitiveType().getPrimitiveTypeName()
            == PrimitiveType.PrimitiveTypeName.INT32;
    Value value =
        (reader, row) -> {
          long stored = narrow ? reader.getInteger() : reader.getLong();
          values[row] = unsigned && narrow ? Integer.toUnsignedLong((int) stored) : stored;
          if (unsigned && values[row] < 0) {
            throw new FormatException(
                location,
                "column '%s' holds %s in row %d, which does not fit into 63 bits"
                    .formatted(name(descriptor), Long.toUnsignedString(stored), row));
          }
        };
    return new ParquetColumn(
        descriptor, value, (name, missing) -> LongColumn.wrap(name, values, missing));
  }

  private static ParquetColumn strings(ColumnDescriptor descriptor, int rows) {
    String[] values = new String[rows];
    return new ParquetColumn(
        descriptor,
        (reader, row) -> values[row] = reader.getBinary().toStringUsingUTF8(),
        (name, missing) -> StringColumn.wrap(name, values));
  }

  private static String name(ColumnDescriptor descriptor) {
    return descriptor.getPath()[0];
  }

  ColumnDescriptor descriptor() {
    return descriptor;
  }

  /** Appends the values of one row group. */
  void read(ColumnReader reader, long count) {
    int present = descriptor.getMaxDefinitionLevel();
    for (long left = count; left > 0; left--) {
      if (reader.getCurrentDefinitionLevel() == present) {
        value.take(reader, rows);
      } else {
        missing.set(rows);
      }
      reader.consume();
      rows++;
    }
  }

  Column build() {
    return result.build(name(descriptor), missing);
  }
}
