// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.TaskContext;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskOutcome;
import scala.Tuple2;

/** Looks at images on the executors, several in one task; what comes back is small. */
final class ImagePlanning<M extends Serializable, V extends Serializable> {
  private static final int TASKS_PER_CORE = 8;

  private final RunJobs jobs;
  private final SentRun<M, V> context;

  ImagePlanning(RunJobs jobs, SentRun<M, V> context) {
    this.jobs = jobs;
    this.context = context;
  }

  /** Something that is found out about an image; serializable. */
  interface Look<T> extends Serializable {
    T at(OpenedImage image);
  }

  /** Takes what was found out about an image. */
  interface LookHandler<T> {
    void found(int index, TaskOutcome<T> outcome);
  }

  /**
   * Looks at images.
   *
   * @param images by their place in the run, at least one
   */
  <T> void look(
      String description,
      SortedMap<Integer, ImageRef> images,
      Look<T> look,
      LookHandler<T> handler) {
    List<Tuple2<Integer, ImageRef>> all = new ArrayList<>();
    images.forEach((index, image) -> all.add(new Tuple2<>(index, image)));
    int cores = jobs.spark().defaultParallelism();
    int together = ImagesOfTask.together(images.get(images.firstKey()), all.size(), cores);
    int tasks = Math.min((all.size() + together - 1) / together, TASKS_PER_CORE * cores);
    SentRun<M, V> run = context;
    jobs.run(
        description,
        jobs.spark()
            .parallelize(all, tasks)
            .mapPartitions(
                part -> {
                  List<Tuple2<Integer, ImageRef>> mine = new ArrayList<>();
                  part.forEachRemaining(mine::add);
                  return List.of(found(run, mine, look)).iterator();
                }),
        (partition, found) -> found.forEach(each -> handler.found(each._1(), each._2())));
  }

  private static <M extends Serializable, V extends Serializable, T>
      List<Tuple2<Integer, TaskOutcome<T>>> found(
          SentRun<M, V> run, List<Tuple2<Integer, ImageRef>> images, Look<T> look) {
    TaskContext task = TaskContext.get();
    run.makeStoresKnown();
    return ImagesOfTask.each(
        images,
        images.isEmpty() ? 1 : ImagesOfTask.atOnce(images.get(0)._2()),
        image -> new Tuple2<>(image._1(), run.attempt(task, image._2(), look::at)));
  }
}
