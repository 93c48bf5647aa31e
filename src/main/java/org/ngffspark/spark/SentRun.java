// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.DoubleAccumulator;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PlannedImage;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TaskResult;

/**
 * A run as its tasks have it. Travels with each of them and is small.
 *
 * @param context what an executor has once
 * @param counters for Spark's pages; they have to travel with the tasks that add to them
 * @param running takes objects as they are done, for those who watch the run
 */
record SentRun<M extends Serializable, V extends Serializable>(
    Broadcast<RunContext<M, V>> context, WorkCounters counters, DoubleAccumulator running)
    implements Serializable {

  /** What is done. */
  ObjectTask<M, V> task() {
    return context.value().task();
  }

  /** Does something with an image that is not planned yet. */
  <T> TaskOutcome<T> attempt(ImageRef image, Function<OpenedImage, T> work) {
    return context.value().attempt(image, work);
  }

  /** Does something with a planned image. */
  <T> TaskOutcome<T> attempt(PlannedImage image, Function<OpenedImage, T> work) {
    return context
        .value()
        .attempt(image, opened -> work.apply(opened.tellingProgress(running::add)));
  }

  /** A result of the task that this thread runs, shown on Spark's pages. */
  TaskResult<V> shown(TaskResult<V> result) {
    counters.add(result.work());
    return result;
  }
}
