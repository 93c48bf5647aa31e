// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.Destination;
import org.ngffspark.job.DryRun;
import org.ngffspark.job.ImageJob;
import org.ngffspark.job.ImagePlan;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.Tally;
import org.ngffspark.job.TaskLimits;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TransformSpec;
import org.ngffspark.spark.RunContext.PlannedImage;

/**
 * Transforms the objects of images. Each image is committed as a whole when its tasks are done; one
 * that fails stays as it was and does not stop the others. The result does not depend on cores,
 * tiles, retries or speculation.
 */
public final class TransformJob implements ImageJob {

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
  private final OpenImages open;
  private OptionalInt tilesPerImage = OptionalInt.empty();

  private TransformJob(JavaSparkContext spark, Request request) {
    this.spark = spark;
    this.request = request;
    this.resources = SparkResources.of(spark);
    this.open = new OpenImages(request);
  }

  public static TransformJob on(JavaSparkContext spark, Request request) {
    return new TransformJob(spark, request);
  }

  /**
   * Cuts each image into at least so many tiles, where its grid allows, in place of what cores and
   * memory suggest. The result is the same.
   */
  public TransformJob withTiles(int atLeast) {
    tilesPerImage = OptionalInt.of(atLeast);
    return this;
  }

  /**
   * Runs it. May be called once.
   *
   * @param images each once
   * @throws org.ngffspark.commit.LockedException if another run has one of the images, or left
   *     something to recover; nothing is touched
   * @throws IllegalArgumentException if no image can be transformed; nothing is touched
   */
  @Override
  public RunResult execute(List<ImageRef> images, RunListener listener) {
    Tally tally = new Tally(listener);
    Broadcast<RunContext> context = spark.broadcast(context());
    try {
      open.recover(images, tally);
      List<TaskOutcome<ImagePlan>> plans = planning().plan(images, context);
      List<PlannedImage> planned = open.begin(images, plans, tally);
      tally.planned(
          images.size(), planned.stream().mapToLong(image -> image.plan().objects()).sum());
      Map<Boolean, List<PlannedImage>> single =
          planned.stream()
              .filter(image -> !open.isStopped())
              .collect(Collectors.partitioningBy(image -> image.plan().isSingleTile()));
      try (Commits commits = new Commits(new PyramidRun(spark, context), open, tally)) {
        new WholeImages(spark, context).run(single.get(true), commits::whole);
        new TiledRun(spark, context, single.get(false)).run(commits::tile);
      }
    } catch (SparkJobException failure) {
      open.abandon(failure.getMessage(), tally);
    } finally {
      open.abandon(OpenImages.STOPPED, tally);
      context.destroy();
    }
    return tally.result();
  }

  private RunContext context() {
    return RunContext.of(spark, request.spec(), resources);
  }

  private ImagePlanning planning() {
    return new ImagePlanning(spark, resources, tilesPerImage.orElse(0));
  }

  /** Says what it would do; nothing is locked or written. */
  public DryRun dryRun(List<ImageRef> images) {
    Broadcast<RunContext> context = spark.broadcast(context());
    try {
      TaskLimits limits = planning().limits(images.size());
      spark.setJobDescription("Forecast of " + images.size() + " images");
      DryRun.Sum sum = new DryRun.Sum(images.size());
      StreamedJob.run(
          spark
              .parallelize(images, images.size())
              .map(
                  image ->
                      context
                          .value()
                          .attempts()
                          .run(() -> context.value().open(image).forecast(limits))),
          (index, outcome) -> sum.add(images.get(index), outcome));
      return sum.result();
    } finally {
      context.destroy();
    }
  }

  /** Stops the run from another thread: cancels its tasks and undoes what is not committed. */
  @Override
  public void stop() {
    spark.sc().cancelAllJobs();
    open.stop();
  }
}
