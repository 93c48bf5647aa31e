// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ngffspark.job.CrossingTask.Crossed;
import org.ngffspark.job.ImageTasks;
import org.ngffspark.job.StagedOutput.Copying;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.TileKey;
import org.ngffspark.plan.FragmentBatch;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.spark.RunContext.PlannedImage;
import org.ngffspark.spark.RunContext.TiledImages;
import scala.Tuple2;

/**
 * The tiles of images that are cut into several: label ids go to the tiles that compute them,
 * fragments of crossing labels to the tiles that write them, and each tile is written by one task.
 */
final class TiledRun {
  private final JavaSparkContext spark;
  private final Broadcast<RunContext> context;
  private final List<PlannedImage> images;
  private final Broadcast<TiledImages> sent;
  private final TilePartitioner partitioner;

  TiledRun(JavaSparkContext spark, Broadcast<RunContext> context, List<PlannedImage> images) {
    this.spark = spark;
    this.context = context;
    this.images = images;
    this.sent = spark.broadcast(new TiledImages(images));
    this.partitioner =
        new TilePartitioner(
            images.stream().mapToInt(image -> image.plan().tiles().count()).toArray());
  }

  /** Takes the outcome of each tile as it arrives. */
  interface TileHandler {
    void tile(PlannedImage image, int tile, TaskOutcome<TaskResult> outcome);
  }

  void run(TileHandler handler) {
    if (images.isEmpty()) {
      return;
    }
    JavaPairRDD<TileKey, TileMessage> labels =
        new LabelTiles(spark, context, images.stream().map(PlannedImage::plan).toList())
            .messages()
            .partitionBy(partitioner);
    JavaPairRDD<TileKey, TileMessage> fragments = cross(labels).partitionBy(partitioner);
    JavaRDD<TaskOutcome<TaskResult>> tiles = write(labels.cogroup(fragments, partitioner));
    spark.setJobDescription("Transform " + partitioner.numPartitions() + " tiles");
    StreamedJob.run(
        tiles,
        (partition, outcome) -> {
          TileKey key = partitioner.key(partition);
          handler.tile(images.get(key.image()), key.tile(), outcome);
        });
  }

  private JavaPairRDD<TileKey, TileMessage> cross(JavaPairRDD<TileKey, TileMessage> labels) {
    Broadcast<RunContext> run = context;
    Broadcast<TiledImages> all = sent;
    return labels.mapPartitionsToPair(
        messages -> {
          List<Tuple2<TileKey, TileMessage>> sentOn = new ArrayList<>();
          List<LabelBatch> crossing = new ArrayList<>();
          TileKey key = null;
          while (messages.hasNext()) {
            Tuple2<TileKey, TileMessage> message = messages.next();
            key = message._1();
            if (message._2() instanceof TileMessage.Labels mine
                && !mine.labels().crossing().isEmpty()) {
              crossing.add(mine.labels().crossing());
            }
          }
          if (!crossing.isEmpty()) {
            PlannedImage image = all.value().images().get(key.image());
            sentOn.addAll(cross(run.value(), image, key, LabelBatch.merge(crossing)));
          }
          return sentOn.iterator();
        });
  }

  private static List<Tuple2<TileKey, TileMessage>> cross(
      RunContext run, PlannedImage image, TileKey home, LabelBatch crossing) {
    TaskOutcome<Crossed> outcome =
        run.attempts()
            .run(() -> run.open(image.plan().ref()).cross(image.plan().tiles(), crossing));
    List<Tuple2<TileKey, TileMessage>> messages = new ArrayList<>();
    if (outcome instanceof TaskOutcome.Done<Crossed> done) {
      messages.add(new Tuple2<>(home, new TileMessage.Before(done.value().result())));
      for (Map.Entry<Integer, FragmentBatch> entry : done.value().fragments().entrySet()) {
        TileKey key = new TileKey(home.image(), entry.getKey());
        messages.add(new Tuple2<>(key, new TileMessage.Fragments(entry.getValue())));
      }
    } else if (outcome instanceof TaskOutcome.Failed<Crossed> failed) {
      messages.add(new Tuple2<>(home, new TileMessage.Failed(failed.message())));
    }
    return messages;
  }

  private JavaRDD<TaskOutcome<TaskResult>> write(
      JavaPairRDD<TileKey, Tuple2<Iterable<TileMessage>, Iterable<TileMessage>>> tiles) {
    Broadcast<RunContext> run = context;
    Broadcast<TiledImages> all = sent;
    TilePartitioner keys = partitioner;
    return tiles.mapPartitionsWithIndex(
        (partition, messages) -> {
          TileKey key = keys.key(partition);
          PlannedImage image = all.value().images().get(key.image());
          List<TileMessage> received = new ArrayList<>();
          messages.forEachRemaining(
              message -> {
                message._2()._1().forEach(received::add);
                message._2()._2().forEach(received::add);
              });
          return List.of(write(run.value(), image, key.tile(), received)).iterator();
        },
        false);
  }

  private static TaskOutcome<TaskResult> write(
      RunContext run, PlannedImage image, int tile, List<TileMessage> received) {
    List<LabelBatch> inner = new ArrayList<>();
    List<FragmentBatch> fragments = new ArrayList<>();
    TaskResult before = TaskResult.NOTHING;
    for (TileMessage message : received) {
      if (message instanceof TileMessage.Failed failed) {
        return new TaskOutcome.Failed<>(failed.message());
      } else if (message instanceof TileMessage.Labels labels) {
        inner.add(labels.labels().inner());
      } else if (message instanceof TileMessage.Fragments part) {
        fragments.add(part.batch());
      } else if (message instanceof TileMessage.Before earlier) {
        before = before.plus(earlier.result());
      }
    }
    if (received.isEmpty() && image.output().copying() == Copying.CHANGED) {
      return new TaskOutcome.Done<>(before);
    }
    TaskResult crossed = before;
    return run.attempts()
        .run(
            () -> {
              ImageTasks tasks = run.open(image.plan().ref());
              LabelBatch labels = LabelBatch.merge(inner);
              return crossed.plus(
                  tasks.tile(image.plan().tiles(), tile, labels, fragments, image.output()));
            });
  }
}
