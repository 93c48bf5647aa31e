// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.ngffspark.job.ImageTask;
import org.ngffspark.job.PlannedImage;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TaskResult;
import scala.Tuple2;

/** Images that one task each does wholly: nothing is shuffled. */
final class WholeImages<M extends Serializable, V extends Serializable> {
  private static final int TASKS_PER_CORE = 32;
  private static final long SMALL = 8L << 20;

  private final RunJobs jobs;
  private final SentRun<M, V> context;

  WholeImages(RunJobs jobs, SentRun<M, V> context) {
    this.jobs = jobs;
    this.context = context;
  }

  /** Takes what a task came to. */
  interface ImageHandler<V> {
    void ended(int index, TaskOutcome<TaskResult<V>> outcome);
  }

  void run(List<PlannedImage> images, ImageHandler<V> handler) {
    if (images.isEmpty()) {
      return;
    }
    List<List<PlannedImage>> tasks = grouped(images);
    SentRun<M, V> run = context;
    jobs.run(
        RunJobs.counted(images.size(), "image"),
        jobs.spark().parallelize(tasks, tasks.size()).map(group -> done(run, group)),
        (partition, done) -> done.forEach(each -> handler.ended(each._1(), each._2())));
  }

  private static <M extends Serializable, V extends Serializable>
      List<Tuple2<Integer, TaskOutcome<TaskResult<V>>>> done(
          SentRun<M, V> run, List<PlannedImage> group) {
    ImageTask<M, V> task = new ImageTask<>(run.task());
    TaskContext context = TaskContext.get();
    run.makeStoresKnown();
    List<Tuple2<Integer, TaskOutcome<TaskResult<V>>>> done =
        ImagesOfTask.each(
            group,
            run.task().worksSideBySide() ? ImagesOfTask.atOnce(group.get(0).ref()) : 1,
            image ->
                new Tuple2<>(
                    image.index(),
                    run.attempt(context, image, opened -> task.run(opened, image.tiles()))));
    done.forEach(each -> run.show(each._2()));
    return done;
  }

  /** Many small images go together: a task costs more than one of them. */
  private List<List<PlannedImage>> grouped(List<PlannedImage> images) {
    int cores = jobs.spark().defaultParallelism();
    int most =
        Math.max(
            ImagesOfTask.together(images.get(0).ref(), images.size(), cores),
            images.size() / (TASKS_PER_CORE * cores));
    List<List<PlannedImage>> groups = new ArrayList<>();
    List<PlannedImage> group = new ArrayList<>();
    long bytes = 0;
    for (PlannedImage image : images) {
      if (group.size() == most || bytes + image.bytes() > SMALL) {
        groups.add(group);
        group = new ArrayList<>();
        bytes = 0;
      }
      group.add(image);
      bytes += image.bytes();
    }
    groups.add(group);
    groups.removeIf(List::isEmpty);
    return groups;
  }
}
