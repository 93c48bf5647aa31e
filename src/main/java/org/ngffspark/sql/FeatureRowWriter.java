// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/** Collects the rows of a task by image. */
final class FeatureRowWriter implements DataWriter<InternalRow> {
  private final FeatureColumns columns;
  private final TreeMap<String, ArrayList<Object[]>> rows = new TreeMap<>();

  private FeatureRowWriter(FeatureColumns columns) {
    this.columns = columns;
  }

  /** Makes the writers of tasks. */
  record Factory(FeatureColumns columns) implements DataWriterFactory {
    @Override
    public DataWriter<InternalRow> createWriter(int partition, long task) {
      return new FeatureRowWriter(columns);
    }
  }

  /** The rows of a task. */
  record Rows(TreeMap<String, ArrayList<Object[]>> byImage) implements WriterCommitMessage {}

  @Override
  public void write(InternalRow row) {
    List<Object[]> own = rows.computeIfAbsent(columns.image(row), none -> new ArrayList<>());
    own.add(columns.values(row));
  }

  @Override
  public WriterCommitMessage commit() {
    return new Rows(rows);
  }

  /** Nothing is written yet. */
  @Override
  public void abort() {}

  /** The rows belong to the message of the commit. */
  @Override
  public void close() {}
}
