// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.RunSettings;

/**
 * The driver's connection to Spark, made in one place. What spark-submit or system properties say
 * counts; without a master the cores of this machine do the work, reachable from it alone.
 */
public final class SparkDriver implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final JavaSparkContext spark;

  private SparkDriver(JavaSparkContext spark) {
    this.spark = spark;
  }

  /**
   * Starts Spark.
   *
   * @param name of the application, as Spark's pages show it
   */
  public static SparkDriver start(String name) {
    SparkConf conf = new SparkConf();
    conf.setIfMissing("spark.app.name", name);
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.ui.enabled", "false");
      conf.setIfMissing("spark.driver.host", LOOPBACK);
      conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
    }
    return new SparkDriver(new JavaSparkContext(conf));
  }

  /** A run of a task over images. */
  public <M extends Serializable, V extends Serializable> ObjectRun<M, V> run(
      ObjectTask<M, V> task, RunSettings settings) {
    return new ObjectRun<>(spark, task, settings);
  }

  /** The version of Spark that runs. */
  public String version() {
    return spark.version();
  }

  /** The master, as {@code local[*]}. */
  public String master() {
    return spark.master();
  }

  @Override
  public void close() {
    spark.close();
  }
}
