// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.DoubleAccumulator;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Hears how many objects the tasks of a run have done, also those that have not ended: executors
 * tell the values of accumulators with every heartbeat, {@code spark.executor.heartbeatInterval}.
 */
final class ObjectProgress extends SparkListener implements AutoCloseable {
  private final SparkContext spark;
  private final DoubleAccumulator objects;
  private final DoubleConsumer listener;
  private final Map<Long, Double> atWork = new HashMap<>();
  private boolean isClosed;

  private ObjectProgress(SparkContext spark, DoubleAccumulator objects, DoubleConsumer listener) {
    this.spark = spark;
    this.objects = objects;
    this.listener = listener;
  }

  /**
   * Begins to listen.
   *
   * @param objects what tasks add objects to
   * @param listener takes the number of objects of all tasks, on a thread of Spark's
   */
  static ObjectProgress of(SparkContext spark, DoubleAccumulator objects, DoubleConsumer listener) {
    ObjectProgress progress = new ObjectProgress(spark, objects, listener);
    spark.addSparkListener(progress);
    return progress;
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    boolean isNews = false;
    for (var task : CollectionConverters.asJava(update.accumUpdates())) {
      for (AccumulableInfo info : CollectionConverters.asJava(task._4())) {
        if (info.id() == objects.id() && info.update().isDefined()) {
          atWork.put((Long) task._1(), ((Number) info.update().get()).doubleValue());
          isNews = true;
        }
      }
    }
    if (isNews) {
      tell();
    }
  }

  /** From here on the accumulator has what the task did, if it ended well. */
  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    if (atWork.remove(end.taskInfo().taskId()) != null) {
      tell();
    }
  }

  private void tell() {
    if (!isClosed) {
      listener.accept(
          objects.value() + atWork.values().stream().mapToDouble(Double::doubleValue).sum());
    }
  }

  /** The listener hears nothing after this: Spark may still be calling. */
  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
    }
    spark.removeSparkListener(this);
  }
}
