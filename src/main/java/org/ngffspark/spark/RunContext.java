// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.job.ImagePlan;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTasks;
import org.ngffspark.job.StagedOutput;
import org.ngffspark.job.TransformSpec;

/**
 * What every task of a run needs, sent to each executor once.
 *
 * @param spec what is done with each object
 * @param state what the tasks of an executor share
 * @param attempts how failures are told apart
 */
record RunContext(TransformSpec spec, ExecutorState state, TaskAttempts attempts)
    implements Serializable {

  /** Of a run on that Spark. */
  static RunContext of(JavaSparkContext spark, TransformSpec spec, SparkResources resources) {
    return new RunContext(
        spec, new ExecutorState(resources.poolBytes()), TaskAttempts.of(spark.getConf()));
  }

  ImageTasks open(ImageRef ref) {
    return ImageTasks.open(ref, spec, state.pool());
  }

  /**
   * An image on its way to its tasks.
   *
   * @param index of the image in the run
   */
  record PlannedImage(int index, ImagePlan plan, StagedOutput output) implements Serializable {}

  /** Images that are cut into several tiles. */
  record TiledImages(List<PlannedImage> images) implements Serializable {}
}
