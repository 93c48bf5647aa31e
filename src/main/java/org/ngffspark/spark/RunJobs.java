// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.spark.StreamedJob.ResultHandler;

/**
 * The Spark jobs of one run. They carry a tag, so that the run can be cancelled and the other jobs
 * of the context cannot. Thread-safe.
 */
final class RunJobs {
  private static final int LONGEST_COMMAND = 200;

  private final JavaSparkContext spark;
  private final RunInfo run;

  RunJobs(JavaSparkContext spark, RunInfo run) {
    this.spark = spark;
    this.run = run;
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
    spark.addJobTag(tag());
    try (JobNames names =
        JobNames.on(spark, run.id(), description, description + ": " + command())) {
      StreamedJob.run(rdd, handler);
    } finally {
      spark.removeJobTag(tag());
    }
  }

  private String tag() {
    return "ngff-spark-" + run.id();
  }

  private String command() {
    String text = run.command();
    return text.length() <= LONGEST_COMMAND ? text : text.substring(0, LONGEST_COMMAND) + " …";
  }

  /** As {@code 1 image} or {@code 2 images}. */
  static String counted(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  /** Ends the jobs that are at work. Those of a Spark that has ended have ended too. */
  void cancel() {
    try {
      spark.cancelJobsWithTag(tag());
    } catch (IllegalStateException ended) {
      if (!spark.sc().isStopped()) {
        throw ended;
      }
    }
  }
}
