// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.ngffspark.job.ImageRef;

/** The rows of a partition, image by image. */
final class ObjectReader implements PartitionReader<InternalRow> {
  private final ObjectReaderFactory query;
  private final ObjectPartition partition;
  private final Iterator<ImageRef> images;
  private Optional<ImageObjects> image = Optional.empty();

  ObjectReader(ObjectReaderFactory query, ObjectPartition partition) {
    this.query = query;
    this.partition = partition;
    this.images = partition.images().iterator();
  }

  @Override
  public boolean next() {
    while (image.isEmpty() || !image.get().next()) {
      close();
      if (!images.hasNext()) {
        return false;
      }
      image = Optional.of(new ImageObjects(query, images.next(), partition));
    }
    return true;
  }

  @Override
  public InternalRow get() {
    return image.orElseThrow().row();
  }

  @Override
  public void close() {
    image.ifPresent(ImageObjects::close);
    image = Optional.empty();
  }
}
