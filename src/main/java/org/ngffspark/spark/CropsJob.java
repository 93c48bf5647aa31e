// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ngffspark.crops.CropSpec;
import org.ngffspark.crops.CropTask;
import org.ngffspark.job.ImageJob;
import org.ngffspark.job.ImagePlan;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.Tally;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TileKey;
import org.ngffspark.job.WorkCount;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.spark.CropOutcomes.PlannedCrops;

/** Writes the pixels of each object of images into files of its own; images are only read. */
public final class CropsJob implements ImageJob {

  /**
   * What is run.
   *
   * @param spec what is cut
   * @param folders folder of each image below the directory of the spec; {@code ""} for itself
   */
  public record Request(CropSpec spec, Map<ImageRef, String> folders) {
    public Request {
      folders = Map.copyOf(folders);
    }
  }

  private final JavaSparkContext spark;
  private final Request request;
  private final SparkResources resources;

  CropsJob(JavaSparkContext spark, Request request) {
    this.spark = spark;
    this.request = request;
    this.resources = SparkResources.of(spark);
  }

  /**
   * @throws IllegalArgumentException if nothing can be cut out of any image
   */
  @Override
  public RunResult execute(List<ImageRef> images, RunListener listener) {
    Broadcast<RunContext> context =
        spark.broadcast(RunContext.of(spark, request.spec().objects(), resources));
    Tally tally = new Tally(listener);
    CropOutcomes outcomes = new CropOutcomes(request, tally);
    try {
      List<TaskOutcome<ImagePlan>> plans =
          new ImagePlanning(spark, resources, 0).plan(images, context);
      List<ImagePlan> planned = outcomes.begin(images, plans);
      cut(planned, context, outcomes);
    } catch (SparkJobException failure) {
      outcomes.abandon(failure.getMessage());
    } finally {
      outcomes.abandon("the run was stopped");
      context.destroy();
    }
    return tally.result();
  }

  private void cut(List<ImagePlan> images, Broadcast<RunContext> context, CropOutcomes outcomes) {
    TilePartitioner partitioner =
        new TilePartitioner(images.stream().mapToInt(image -> image.tiles().count()).toArray());
    Broadcast<PlannedCrops> crops =
        spark.broadcast(new PlannedCrops(request.spec(), folders(images), images));
    JavaRDD<TaskOutcome<WorkCount>> done =
        new LabelTiles(spark, context, images)
            .messages()
            .partitionBy(partitioner)
            .mapPartitionsWithIndex(
                (partition, messages) -> {
                  List<TileMessage> received = new ArrayList<>();
                  messages.forEachRemaining(message -> received.add(message._2()));
                  TileKey key = partitioner.key(partition);
                  return List.of(cut(context.value(), crops.value(), key.image(), received))
                      .iterator();
                },
                false);
    spark.setJobDescription("Crops of " + images.size() + " images");
    StreamedJob.run(
        done, (partition, outcome) -> outcomes.tile(partitioner.key(partition).image(), outcome));
  }

  private List<String> folders(List<ImagePlan> images) {
    return images.stream().map(image -> request.folders().get(image.ref())).toList();
  }

  private static TaskOutcome<WorkCount> cut(
      RunContext run, PlannedCrops crops, int image, List<TileMessage> received) {
    List<LabelBatch> labels = new ArrayList<>();
    WorkCount before = WorkCount.NONE;
    for (TileMessage message : received) {
      if (message instanceof TileMessage.Failed failed) {
        return new TaskOutcome.Failed<>(failed.message());
      } else if (message instanceof TileMessage.Labels tile) {
        labels.add(tile.labels().inner());
        labels.add(tile.labels().crossing());
      } else if (message instanceof TileMessage.Before earlier) {
        before = before.plus(earlier.result().work());
      }
    }
    WorkCount scanned = before;
    return run.attempts()
        .run(
            () -> {
              LabelBatch all = LabelBatch.merge(labels);
              ImageRef ref = crops.images().get(image).ref();
              String folder = crops.folders().get(image);
              return all.isEmpty()
                  ? scanned
                  : CropTask.open(ref, crops.spec(), folder, run.state().pool())
                      .run(all)
                      .plus(scanned);
            });
  }

  @Override
  public void stop() {
    spark.sc().cancelAllJobs();
  }
}
