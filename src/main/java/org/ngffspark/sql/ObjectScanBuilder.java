// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.util.Arrays;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownFilters;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;

/** Takes the columns and filters of a query. */
final class ObjectScanBuilder
    implements ScanBuilder, SupportsPushDownFilters, SupportsPushDownRequiredColumns {
  private final ObjectOptions options;
  private final StructType all;
  private StructType schema;
  private Filter[] pushed = {};

  ObjectScanBuilder(StructType schema, ObjectOptions options) {
    this.all = schema;
    this.schema = schema;
    this.options = options;
  }

  /** Takes those on plate, well, image, acquisition, label and box; returns the others. */
  @Override
  public Filter[] pushFilters(Filter[] filters) {
    pushed = Arrays.stream(filters).filter(KeyFilter::isSupported).toArray(Filter[]::new);
    return Arrays.stream(filters)
        .filter(filter -> !KeyFilter.isSupported(filter))
        .toArray(Filter[]::new);
  }

  @Override
  public Filter[] pushedFilters() {
    return pushed.clone();
  }

  @Override
  public void pruneColumns(StructType required) {
    schema = required;
  }

  /** A table that tells time points apart also says how many rows an object has. */
  private boolean needsTables() {
    return Arrays.asList(all.fieldNames()).contains(ObjectSchema.TIME)
        || Arrays.stream(schema.fieldNames()).anyMatch(ObjectSchema::isOfTables);
  }

  @Override
  public Scan build() {
    ObjectOptions asked = needsTables() ? options : options.withoutTables();
    return new ObjectScan(schema, asked, new KeyFilter(Arrays.asList(pushed)));
  }
}
