// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Something that is sent to each executor once, and forgotten there when it is closed. */
final class SentOnce<T> implements AutoCloseable {
  private final JavaSparkContext spark;
  private final Broadcast<T> value;

  SentOnce(JavaSparkContext spark, T value) {
    this.spark = spark;
    this.value = spark.broadcast(value);
  }

  /** What tasks read it from. */
  Broadcast<T> broadcast() {
    return value;
  }

  @Override
  public void close() {
    // A context that has stopped has forgotten all, and has nothing to forget it with.
    if (!spark.sc().isStopped()) {
      value.destroy();
    }
  }
}
