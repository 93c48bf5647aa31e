// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.nio.ByteBuffer;
import java.util.BitSet;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Float16;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.FormatException;

/**
 * Columns of an array in C order whose rows are the rows of a table.
 *
 * @param array one or two axes: rows, or rows and columns
 * @param location of the array, for messages
 */
record NumberColumns(NdArray array, String location) {

  private int rows() {
    return Math.toIntExact(array.shape().get(0));
  }

  private int width() {
    return array.shape().rank() == 1 ? 1 : Math.toIntExact(array.shape().get(1));
  }

  /**
   * @throws FormatException if the elements do not fit into 63 bits
   */
  Column column(int column, String name) {
    return switch (array.type().kind()) {
      case BOOL -> booleans(column, name);
      case SIGNED, UNSIGNED -> longs(column, name);
      case FLOAT -> doubles(column, name);
    };
  }

  private BooleanColumn booleans(int column, String name) {
    BitSet values = new BitSet();
    for (int row = 0; row < rows(); row++) {
      values.set(row, array.bytes()[row * width() + column] != 0);
    }
    return BooleanColumn.wrap(name, rows(), values, new BitSet());
  }

  private DoubleColumn doubles(int column, String name) {
    ByteBuffer buffer = array.buffer();
    double[] values = new double[rows()];
    for (int row = 0; row < values.length; row++) {
      int at = (row * width() + column) * array.type().bytes();
      values[row] =
          switch (array.type()) {
            case FLOAT16 -> Float16.toDouble(buffer.getShort(at));
            case FLOAT32 -> buffer.getFloat(at);
            default -> buffer.getDouble(at);
          };
    }
    return DoubleColumn.wrap(name, values);
  }

  private LongColumn longs(int column, String name) {
    ByteBuffer buffer = array.buffer();
    long[] values = new long[rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = integer(buffer, (row * width() + column) * array.type().bytes(), row);
    }
    return LongColumn.wrap(name, values, new BitSet());
  }

  private long integer(ByteBuffer buffer, int at, int row) {
    return switch (array.type()) {
      case INT8 -> buffer.get(at);
      case UINT8 -> Byte.toUnsignedInt(buffer.get(at));
      case INT16 -> buffer.getShort(at);
      case UINT16 -> Short.toUnsignedInt(buffer.getShort(at));
      case INT32 -> buffer.getInt(at);
      case UINT32 -> Integer.toUnsignedLong(buffer.getInt(at));
      default -> wide(buffer.getLong(at), row);
    };
  }

  private long wide(long value, int row) {
    if (value < 0 && array.type() == DataType.UINT64) {
      throw new FormatException(
          location,
          "row %d holds %s, which does not fit into 63 bits"
              .formatted(row, Long.toUnsignedString(value)));
    }
    return value;
  }
}
