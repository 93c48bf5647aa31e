// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
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
    int tasks = Math.min(all.size(), TASKS_PER_CORE * jobs.spark().defaultParallelism());
    SentRun<M, V> run = context;
    jobs.run(
        description,
        jobs.spark()
            .parallelize(all, tasks)
            .mapPartitions(
                part -> {
                  List<Tuple2<Integer, TaskOutcome<T>>> found = new ArrayList<>();
                  part.forEachRemaining(
                      image ->
                          found.add(new Tuple2<>(image._1(), run.attempt(image._2(), look::at))));
                  return List.of(found).iterator();
                }),
        (partition, found) -> found.forEach(each -> handler.found(each._1(), each._2())));
  }
}
