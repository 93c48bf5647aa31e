// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaRDD;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/** Spark jobs that say how they fail. */
final class StreamedJob {
  private StreamedJob() {}

  /** Takes results, one at a time, on a thread that must not be held up. */
  @FunctionalInterface
  interface ResultHandler<T> {
    void result(int partition, T value);
  }

  private interface FirstElement<T> extends Function1<Iterator<T>, T>, Serializable {}

  /**
   * Runs a job and waits for it. Results are handed on as they arrive: the driver never holds them
   * all.
   *
   * @param rdd with exactly one element in each partition
   * @throws SparkJobException if Spark gives the job up
   */
  static <T> void run(JavaRDD<T> rdd, ResultHandler<T> handler) {
    FirstElement<T> first = Iterator::next;
    List<Object> all =
        IntStream.range(0, rdd.getNumPartitions()).<Object>mapToObj(Integer::valueOf).toList();
    Seq<Object> partitions = CollectionConverters.asScala(all).toSeq();
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
    try {
      Await.result(action, Duration.Inf());
    } catch (InterruptedException stopped) {
      action.cancel();
      Thread.currentThread().interrupt();
      throw new SparkJobException("the run was stopped", stopped);
    } catch (Exception failure) {
      throw givenUp(failure);
    }
  }

  /**
   * All elements, in order.
   *
   * @throws SparkJobException if Spark gives the job up
   */
  static <T> List<T> collect(JavaRDD<T> rdd) {
    try {
      return rdd.collect();
    } catch (Exception failure) {
      // Spark is written in Scala: what it throws is checked, and not declared.
      throw givenUp(failure);
    }
  }

  private static SparkJobException givenUp(Exception failure) {
    return new SparkJobException("Spark gave the job up: " + failure.getMessage(), failure);
  }
}
