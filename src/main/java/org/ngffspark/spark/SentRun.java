// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PlannedImage;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TaskResult;
import org.ngffspark.plan.LabelSelection;

/**
 * A run as its tasks have it. Travels with each of them and is small.
 *
 * @param context what an executor has once
 * @param counters for Spark's pages; they have to travel with the tasks that add to them
 * @param running takes objects as they are done, for those who watch the run
 * @param foundObjects takes those of label images that no table tells of, for the same
 */
record SentRun<M extends Serializable, V extends Serializable>(
    Broadcast<RunContext<M, V>> context,
    WorkCounters counters,
    DoubleAccumulator running,
    LongAccumulator foundObjects)
    implements Serializable {

  /** What is done. */
  ObjectTask<M, V> task() {
    return context.value().task();
  }

  /** Lets stores be opened as the run was told, before anything is done with an image. */
  void makeStoresKnown() {
    context.value().stores().makeKnown();
  }

  /**
   * Does something with an image that is not planned yet.
   *
   * @param of the task, of which this may be another thread
   */
  <T> TaskOutcome<T> attempt(TaskContext of, ImageRef image, Function<OpenedImage, T> work) {
    return context.value().attempt(of, image, work);
  }

  /** Does something with a planned image. */
  <T> TaskOutcome<T> attempt(PlannedImage image, Function<OpenedImage, T> work) {
    return attempt(TaskContext.get(), image, work);
  }

  /**
   * The same in any thread.
   *
   * @param of the task, of which this may be another thread
   */
  <T> TaskOutcome<T> attempt(TaskContext of, PlannedImage image, Function<OpenedImage, T> work) {
    makeStoresKnown();
    return context
        .value()
        .attempt(of, image, opened -> work.apply(opened.tellingProgress(this::ran)));
  }

  /** Accumulators are no matter of several threads. */
  private void ran(double objects) {
    synchronized (running) {
      running.add(objects);
    }
  }

  /** Counts the objects that are asked for, in the task that this thread runs. */
  void found(LabelBoxes boxes) {
    LabelSelection chosen =
        task().objects().map(ObjectChoice::labels).orElseGet(LabelSelection::all);
    foundObjects.add(Arrays.stream(boxes.labels()).filter(chosen::contains).count());
  }

  /** Shows what came of an image in the task that this thread runs. */
  void show(TaskOutcome<TaskResult<V>> outcome) {
    if (outcome instanceof TaskOutcome.Done<TaskResult<V>> done) {
      counters.add(done.value().work());
    }
  }

  /** A result of the task that this thread runs, shown on Spark's pages. */
  TaskResult<V> shown(TaskResult<V> result) {
    counters.add(result.work());
    return result;
  }
}
