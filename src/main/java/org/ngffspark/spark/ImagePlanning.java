// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ngffspark.job.ImagePlan;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.TaskLimits;
import org.ngffspark.job.TaskOutcome;

/** Looks at images on the executors; what comes back does not grow with their objects. */
final class ImagePlanning {
  private static final int TASKS_PER_CORE = 8;

  private final JavaSparkContext spark;
  private final SparkResources resources;
  private final int forcedTiles;

  /**
   * @param forcedTiles tiles that every image is cut into at least; 0 for as many as cores and
   *     memory suggest
   */
  ImagePlanning(JavaSparkContext spark, SparkResources resources, int forcedTiles) {
    this.spark = spark;
    this.resources = resources;
    this.forcedTiles = forcedTiles;
  }

  TaskLimits limits(int images) {
    return new TaskLimits(resources.memoryPerTask(), resources.tilesPerImage(images), forcedTiles);
  }

  /**
   * How each image is cut into tasks, in the order of the images.
   *
   * @throws IllegalArgumentException if there is none
   */
  List<TaskOutcome<ImagePlan>> plan(List<ImageRef> images, Broadcast<RunContext> context) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("There is no image to work on");
    }
    try {
      return planned(images, context);
    } catch (SparkJobException failure) {
      return Collections.nCopies(images.size(), new TaskOutcome.Failed<>(failure.getMessage()));
    }
  }

  private List<TaskOutcome<ImagePlan>> planned(
      List<ImageRef> images, Broadcast<RunContext> context) {
    TaskLimits limits = limits(images.size());
    spark.setJobDescription("Plan " + images.size() + " images");
    int slices = Math.min(images.size(), TASKS_PER_CORE * resources.cores());
    return StreamedJob.collect(
        spark
            .parallelize(images, slices)
            .map(
                image ->
                    context
                        .value()
                        .attempts()
                        .run(() -> context.value().open(image).plan(limits))));
  }
}
