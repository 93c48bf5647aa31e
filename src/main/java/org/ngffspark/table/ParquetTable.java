// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.ngffspark.zarr.store.FormatException;

/**
 * The columns of a Parquet file in memory, read column by column without Hadoop's file systems:
 * integers, floats, booleans and strings, none of them nested.
 */
final class ParquetTable {
  private static final long ALWAYS_ALLOWED_ROWS = 10_000_000;
  private static final int VALUE_IN_MEMORY = 16;
  private static final int ROWS_PER_BYTE = 100;

  private final String location;
  private final ByteBuffer bytes;

  ParquetTable(String location, ByteBuffer bytes) {
    this.location = location;
    this.bytes = bytes;
  }

  /**
   * @throws FormatException if it is not a whole Parquet file or has a column of another type
   */
  List<Column> columns() {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new ParquetCodecs())
            .build();
    try (ParquetFileReader reader =
        ParquetFileReader.open(new ByteArrayInputFile(bytes), options)) {
      return read(reader);
    } catch (FormatException clear) {
      throw clear;
    } catch (IOException | RuntimeException broken) {
      throw new FormatException(
          location, "not a whole Parquet file: " + broken.getMessage(), broken);
    }
  }

  private List<Column> read(ParquetFileReader reader) throws IOException {
    MessageType schema = reader.getFileMetaData().getSchema();
    int rows = rows(reader.getFooter());
    List<ParquetColumn> columns = new ArrayList<>();
    for (ColumnDescriptor descriptor : schema.getColumns()) {
      columns.add(ParquetColumn.of(location, descriptor, rows));
    }
    PageReadStore pages = reader.readNextRowGroup();
    while (pages != null) {
      readRowGroup(pages, schema, reader.getFileMetaData().getCreatedBy(), columns);
      pages = reader.readNextRowGroup();
    }
    return columns.stream().map(ParquetColumn::build).toList();
  }

  /** The number of rows, once it is sure that what the footer says is possible. */
  private int rows(ParquetMetadata footer) {
    long rows = 0;
    for (BlockMetaData block : footer.getBlocks()) {
      rows = Math.addExact(rows, block.getRowCount());
      block.getColumns().forEach(chunk -> check(chunk, block.getRowCount()));
    }
    long limit = Math.max(ALWAYS_ALLOWED_ROWS, (long) bytes.remaining() * ROWS_PER_BYTE);
    if (rows > Math.min(limit, Integer.MAX_VALUE)) {
      throw new FormatException(
          location, bytes.remaining() + " bytes cannot hold " + rows + " rows");
    }
    long columns = footer.getFileMetaData().getSchema().getColumns().size();
    TableFile.requireRoom(location, rows * columns * VALUE_IN_MEMORY);
    return (int) rows;
  }

  private void check(ColumnChunkMetaData chunk, long rows) {
    long start = chunk.getStartingPos();
    long size = chunk.getTotalSize();
    if (start < 0 || size < 0 || start > bytes.remaining() - size) {
      throw new FormatException(
          location,
          "column %s lies at byte %d with %d bytes, outside the %d bytes of the file"
              .formatted(chunk.getPath(), start, size, bytes.remaining()));
    }
    if (rows < 0 || chunk.getValueCount() != rows) {
      throw new FormatException(
          location,
          "column %s has %d values for %d rows"
              .formatted(chunk.getPath(), chunk.getValueCount(), rows));
    }
  }

  private static void readRowGroup(
      PageReadStore pages, MessageType schema, String createdBy, List<ParquetColumn> columns) {
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(pages, new NoConverter(), schema, createdBy);
    for (ParquetColumn column : columns) {
      column.read(store.getColumnReader(column.descriptor()), pages.getRowCount());
    }
  }

  /** Values are taken from the column readers, so nothing is ever converted. */
  private static final class NoConverter extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
