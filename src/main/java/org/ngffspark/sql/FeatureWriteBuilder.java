// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.SupportsTruncate;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.ngffspark.job.Existing;
import org.ngffspark.table.WritableBackend;

/** Writes rows with a column {@code label} as feature tables. */
final class FeatureWriteBuilder implements WriteBuilder, SupportsTruncate {
  private final StructType schema;
  private final CaseInsensitiveStringMap options;
  private Existing existing = Existing.REFUSE;

  FeatureWriteBuilder(StructType schema, CaseInsensitiveStringMap options) {
    this.schema = schema;
    this.options = options;
  }

  @Override
  public WriteBuilder truncate() {
    existing = Existing.REPLACE;
    return this;
  }

  @Override
  public Write build() {
    FeatureColumns columns = new FeatureColumns(schema);
    ObjectOptions asked = ObjectOptions.of(options);
    String table = ObjectOptions.required(options, "table", "the name of the feature table");
    FeatureCommit commit = new FeatureCommit(asked, columns, table, backend(), existing);
    return new Write() {
      @Override
      public BatchWrite toBatch() {
        return new FeatureBatch(columns, commit);
      }
    };
  }

  private WritableBackend backend() {
    String name = options.getOrDefault("backend", "anndata");
    return Arrays.stream(WritableBackend.values())
        .filter(each -> each.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No backend '%s'; there are %s"
                        .formatted(
                            name,
                            Arrays.toString(WritableBackend.values()).toLowerCase(Locale.ROOT))));
  }

  /** Rows come from all tasks; tables are written when all are there. */
  private record FeatureBatch(FeatureColumns columns, FeatureCommit commit) implements BatchWrite {
    @Override
    public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
      return new FeatureRowWriter.Factory(columns);
    }

    @Override
    public void commit(WriterCommitMessage[] messages) {
      TreeMap<String, List<Object[]>> rows = new TreeMap<>();
      for (WriterCommitMessage message : messages) {
        ((FeatureRowWriter.Rows) message)
            .byImage()
            .forEach(
                (image, part) ->
                    rows.computeIfAbsent(image, none -> new ArrayList<>()).addAll(part));
      }
      commit.write(rows);
    }

    /** Nothing is staged before all rows are there. */
    @Override
    public void abort(WriterCommitMessage[] messages) {}
  }
}
