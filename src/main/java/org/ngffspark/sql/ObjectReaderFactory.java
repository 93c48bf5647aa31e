// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;
import org.ngffspark.spark.StoreSettings;

/** Reads partitions on executors. */
record ObjectReaderFactory(
    StructType schema, ObjectOptions options, KeyFilter filter, StoreSettings stores)
    implements PartitionReaderFactory {
  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    stores.makeKnown();
    return new ObjectReader(this, (ObjectPartition) partition);
  }
}
