// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * A table as a Parquet file in memory, as ngio writes it: snappy, all columns optional, the index a
 * column like others, the first.
 */
public final class ParquetTableWriter {
  private ParquetTableWriter() {}

  /** The bytes of the file; the same for equal tables. */
  public static ByteBuffer write(Table table) {
    MemoryOutputFile file = new MemoryOutputFile();
    try (ParquetWriter<Integer> writer = new Builder(file, table).build()) {
      for (int row = 0; row < table.rows(); row++) {
        writer.write(row);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return file.bytes();
  }

  private static final class Builder extends ParquetWriter.Builder<Integer, Builder> {
    private final Table table;

    Builder(OutputFile file, Table table) {
      super(file);
      this.table = table;
      withConf(new PlainParquetConfiguration());
      withCodecFactory(new ParquetCodecs());
      withCompressionCodec(CompressionCodecName.SNAPPY);
    }

    @Override
    protected Builder self() {
      return this;
    }

    // Abstract still, though never called with a configuration of Parquet's own.
    @Override
    @SuppressWarnings("deprecation")
    protected WriteSupport<Integer> getWriteSupport(Configuration configuration) {
      return new Rows(table);
    }

    @Override
    protected WriteSupport<Integer> getWriteSupport(ParquetConfiguration configuration) {
      return new Rows(table);
    }
  }

  /** Writes rows by their numbers. */
  private static final class Rows extends WriteSupport<Integer> {
    private final List<Column> columns;
    private RecordConsumer consumer;

    Rows(Table table) {
      this.columns = table.columns();
    }

    @Override
    @SuppressWarnings("deprecation")
    public WriteContext init(Configuration configuration) {
      return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return context();
    }

    private WriteContext context() {
      Type[] fields = columns.stream().map(Rows::field).toArray(Type[]::new);
      return new WriteContext(new MessageType("table", fields), Map.of());
    }

    private static Type field(Column column) {
      if (column instanceof DoubleColumn) {
        return Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
      }
      if (column instanceof LongColumn) {
        return Types.optional(PrimitiveTypeName.INT64).named(column.name());
      }
      if (column instanceof BooleanColumn) {
        return Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
      }
      return Types.optional(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named(column.name());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      this.consumer = recordConsumer;
    }

    @Override
    public void write(Integer row) {
      consumer.startMessage();
      for (int index = 0; index < columns.size(); index++) {
        Column column = columns.get(index);
        if (!column.isMissing(row)) {
          consumer.startField(column.name(), index);
          add(column, row);
          consumer.endField(column.name(), index);
        }
      }
      consumer.endMessage();
    }

    private void add(Column column, int row) {
      if (column instanceof DoubleColumn doubles) {
        consumer.addDouble(doubles.value(row));
      } else if (column instanceof LongColumn longs) {
        consumer.addLong(longs.value(row));
      } else if (column instanceof BooleanColumn booleans) {
        consumer.addBoolean(booleans.value(row));
      } else {
        consumer.addBinary(Binary.fromString(column.text(row)));
      }
    }
  }
}
