// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PlannedImage;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.samples.SampleSizes;

/**
 * What every task of a run needs, sent to each executor once.
 *
 * @param task what is done
 * @param memory what the tasks of an executor share
 * @param attempts how failures are told apart
 * @param samples what is sampled of each image
 * @param stores what executors have to know of them
 */
record RunContext<M extends Serializable, V extends Serializable>(
    ObjectTask<M, V> task,
    ExecutorMemory memory,
    TaskAttempts attempts,
    SampleSizes samples,
    StoreSettings stores)
    implements Serializable {

  static <M extends Serializable, V extends Serializable> RunContext<M, V> of(
      ObjectTask<M, V> task, SparkConf conf, long poolBytes, SampleSizes samples) {
    return new RunContext<>(
        task,
        new ExecutorMemory(poolBytes),
        TaskAttempts.of(conf),
        samples,
        StoreSettings.of(conf));
  }

  /** Does something with an image that is not planned yet, in a thread of a task. */
  <T> TaskOutcome<T> attempt(TaskContext of, ImageRef image, Function<OpenedImage, T> work) {
    return attempts.run(
        of,
        () -> {
          try (OpenedImage opened = OpenedImage.unplanned(image, task, memory.pool())) {
            return work.apply(opened);
          }
        });
  }

  /** Does something with a planned image, in a thread of a task. */
  <T> TaskOutcome<T> attempt(TaskContext of, PlannedImage image, Function<OpenedImage, T> work) {
    return attempts.run(
        of,
        () -> {
          try (OpenedImage opened = OpenedImage.of(image, task, memory.pool())) {
            return work.apply(opened.sampling(samples));
          }
        });
  }
}
