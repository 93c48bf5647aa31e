// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.api.java.JavaRDD;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.ImagesAtWork.FollowUpRunner;
import org.ngffspark.job.PlannedImage;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TaskResult;

/** Runs what follows when all tiles of an image are done, a round as a Spark job. */
record FollowUpJobs<M extends Serializable, V extends Serializable>(
    RunJobs jobs, SentRun<M, V> context) implements FollowUpRunner<V> {

  @Override
  public List<TaskOutcome<TaskResult<V>>> run(PlannedImage image, List<FollowUp<V>> round) {
    SentRun<M, V> run = context;
    List<TaskOutcome<TaskResult<V>>> outcomes = new CopyOnWriteArrayList<>();
    JavaRDD<TaskOutcome<TaskResult<V>>> tasks =
        jobs.spark()
            .parallelize(round, round.size())
            .map(work -> run.attempt(image, opened -> run.shown(opened.counted(work.run(opened)))));
    jobs.run(
        RunJobs.counted(round.size(), "task") + " after the tiles of " + image.ref(),
        tasks,
        (partition, outcome) -> outcomes.add(outcome));
    return outcomes;
  }

  @Override
  public void cancel() {
    jobs.cancel();
  }
}
