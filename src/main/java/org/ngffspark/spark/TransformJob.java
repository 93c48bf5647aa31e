// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.job.Destination;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImagePlan;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.TaskLimits;
import org.ngffspark.job.TileResult;
import org.ngffspark.job.TransformSpec;
import org.ngffspark.job.WorkCount;
import org.ngffspark.spark.RunContext.PlannedImage;

/**
 * Transforms the objects of images. Each image is committed as a whole when its tasks are done; one
 * that fails stays as it was and does not stop the others. The result does not depend on cores,
 * tiles, retries or speculation.
 */
public final class TransformJob {
  private static final int COMMIT_THREADS = 4;

  /**
   * What is run.
   *
   * @param spec what is done with each object
   * @param destination where the pixels go
   * @param repeat what happens to images that the same job has transformed before
   * @param commit how images are staged and committed
   * @param command what was typed, for those who find the run's lock
   */
  public record Request(
      TransformSpec spec,
      Destination destination,
      Repeat repeat,
      CommitOptions commit,
      String command) {}

  private final JavaSparkContext spark;
  private final Request request;
  private final SparkResources resources;
  private final Map<Integer, ImageRun> open = new ConcurrentHashMap<>();

  private TransformJob(JavaSparkContext spark, Request request) {
    this.spark = spark;
    this.request = request;
    this.resources = SparkResources.of(spark);
  }

  public static TransformJob on(JavaSparkContext spark, Request request) {
    return new TransformJob(spark, request);
  }
}
