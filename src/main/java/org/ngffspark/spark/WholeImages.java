// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TaskResult;
import org.ngffspark.spark.RunContext.PlannedImage;

/** Images that one task each does wholly, pyramid included: nothing is shuffled. */
final class WholeImages {
  private final JavaSparkContext spark;
  private final Broadcast<RunContext> context;

  WholeImages(JavaSparkContext spark, Broadcast<RunContext> context) {
    this.spark = spark;
    this.context = context;
  }

  /** Takes the outcome of each image as it arrives. */
  interface ImageHandler {
    void whole(PlannedImage image, TaskOutcome<TaskResult> outcome);
  }

  void run(List<PlannedImage> images, ImageHandler handler) {
    if (images.isEmpty()) {
      return;
    }
    Broadcast<RunContext> run = context;
    JavaRDD<TaskOutcome<TaskResult>> outcomes =
        spark
            .parallelize(images, images.size())
            .map(
                image ->
                    run.value()
                        .attempts()
                        .run(
                            () -> run.value().open(image.plan().ref()).wholeImage(image.output())));
    spark.setJobDescription("Transform " + images.size() + " images");
    StreamedJob.run(outcomes, (index, outcome) -> handler.whole(images.get(index), outcome));
  }
}
