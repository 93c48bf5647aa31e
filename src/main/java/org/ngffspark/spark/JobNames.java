// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How Spark's pages and its history call the jobs that this thread starts, until it is closed. A
 * program that has given the thread a job group of its own, to cancel its jobs by, keeps it.
 */
final class JobNames implements AutoCloseable {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String DESCRIPTION = "spark.job.description";
  private static final String STAGE = "callSite.short";

  private final JavaSparkContext spark;
  private final Map<String, String> before = new HashMap<>();

  private JobNames(JavaSparkContext spark) {
    this.spark = spark;
  }

  /**
   * @param group of all jobs of a run
   * @param stage name of the job and its last stage
   * @param description in full
   */
  static JobNames on(JavaSparkContext spark, String group, String stage, String description) {
    JobNames names = new JobNames(spark);
    if (spark.getLocalProperty(GROUP) == null) {
      names.set(GROUP, group);
    }
    names.set(STAGE, stage);
    names.set(DESCRIPTION, description);
    return names;
  }

  private void set(String property, String value) {
    before.put(property, spark.getLocalProperty(property));
    spark.setLocalProperty(property, value);
  }

  @Override
  public void close() {
    before.forEach(spark::setLocalProperty);
  }
}
