// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.ngffspark.job.EngineException;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/** Spark jobs whose results are handed on as they arrive, and that say how they fail. */
final class StreamedJob {
  private StreamedJob() {}

  /** Takes results, one at a time, on Spark's own thread: it must not be held up. */
  @FunctionalInterface
  interface ResultHandler<T> {
    void result(int partition, T value);
  }

  private interface FirstElement<T> extends Function1<Iterator<T>, T>, Serializable {}

  /**
   * Runs a job and waits for it. The driver never holds all results.
   *
   * @param rdd with exactly one element in each partition
   * @throws EngineException if Spark gives the job up
   */
  static <T> void run(JavaRDD<T> rdd, ResultHandler<T> handler) {
    FirstElement<T> first = Iterator::next;
    List<Object> all =
        IntStream.range(0, rdd.getNumPartitions()).<Object>mapToObj(Integer::valueOf).toList();
    Seq<Object> partitions = CollectionConverters.asScala(all).toSeq();
    try {
      SimpleFutureAction<BoxedUnit> action =
          rdd.context()
              .submitJob(
                  rdd.rdd(),
                  first,
                  partitions,
                  (index, value) -> {
                    handler.result((Integer) index, value);
                    return BoxedUnit.UNIT;
                  },
                  () -> BoxedUnit.UNIT);
      await(action);
    } catch (EngineException known) {
      throw known;
    } catch (Exception failure) {
      // Spark is written in Scala: what it throws is checked, and not declared.
      throw givenUp(rdd.context(), failure);
    }
  }

  private static void await(SimpleFutureAction<BoxedUnit> action) throws Exception {
    try {
      Await.result(action, Duration.Inf());
    } catch (InterruptedException stopped) {
      action.cancel();
      Thread.currentThread().interrupt();
      throw new EngineException("the run was stopped", stopped);
    }
  }

  private static EngineException givenUp(SparkContext spark, Exception failure) {
    String text = String.valueOf(failure.getMessage());
    return new EngineException(
        spark.isStopped()
            ? "Spark has ended: " + text.lines().findFirst().orElse(text)
            : "Spark gave the job up: " + text,
        failure);
  }
}
