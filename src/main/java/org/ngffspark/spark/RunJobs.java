// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.spark.StreamedJob.ResultHandler;

/**
 * The Spark jobs of one run. They carry a tag, so that the run can be cancelled and the other jobs
 * of the context cannot. Thread-safe.
 */
final class RunJobs {
  private final JavaSparkContext spark;
  private final String tag;

  /**
   * @param tag that no other run has
   */
  RunJobs(JavaSparkContext spark, String tag) {
    this.spark = spark;
    this.tag = tag;
  }

  JavaSparkContext spark() {
    return spark;
  }

  /**
   * Runs a job and waits for it.
   *
   * @param description for Spark's pages
   * @param rdd with exactly one element in each partition
   * @throws org.ngffspark.job.EngineException if Spark gives the job up
   */
  <T> void run(String description, JavaRDD<T> rdd, ResultHandler<T> handler) {
    spark.addJobTag(tag);
    spark.setJobDescription(description);
    try {
      StreamedJob.run(rdd, handler);
    } finally {
      spark.removeJobTag(tag);
    }
  }

  /** Ends the jobs that are at work. */
  void cancel() {
    spark.cancelJobsWithTag(tag);
  }
}
