// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ngffspark.job.ImagePlan;
import org.ngffspark.job.ImagePlan.Regions;
import org.ngffspark.job.ImageTasks.Scanned;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TileKey;
import org.ngffspark.plan.Assignment.TileLabels;
import org.ngffspark.spark.LabelScan.ImagePlans;
import scala.Tuple2;

/**
 * Sends the labels of images to the tiles that compute them, from tables of regions or from the
 * label images themselves.
 */
final class LabelTiles {
  private final JavaSparkContext spark;
  private final Broadcast<RunContext> context;
  private final Broadcast<ImagePlans> plans;

  LabelTiles(JavaSparkContext spark, Broadcast<RunContext> context, List<ImagePlan> plans) {
    this.spark = spark;
    this.context = context;
    this.plans = spark.broadcast(new ImagePlans(List.copyOf(plans)));
  }

  /** The labels by tile; images are numbered as in the list of plans. */
  JavaPairRDD<TileKey, TileMessage> messages() {
    return fromTables().union(fromLabelImages());
  }

  private List<Integer> withRegions(Regions regions) {
    List<ImagePlan> all = plans.value().all();
    return IntStream.range(0, all.size())
        .filter(image -> all.get(image).regions() == regions)
        .boxed()
        .toList();
  }

  private JavaPairRDD<TileKey, TileMessage> fromTables() {
    List<Integer> tabled = withRegions(Regions.TABLE);
    Broadcast<RunContext> run = context;
    Broadcast<ImagePlans> all = plans;
    return spark
        .parallelize(tabled, Math.max(1, tabled.size()))
        .flatMapToPair(
            index -> {
              ImagePlan image = all.value().all().get(index);
              TaskOutcome<SortedMap<Integer, TileLabels>> outcome =
                  run.value()
                      .attempts()
                      .run(() -> run.value().open(image.ref()).assign(image.tiles()));
              return messages(index, outcome).iterator();
            });
  }

  private static List<Tuple2<TileKey, TileMessage>> messages(
      int index, TaskOutcome<SortedMap<Integer, TileLabels>> outcome) {
    List<Tuple2<TileKey, TileMessage>> messages = new ArrayList<>();
    if (outcome instanceof TaskOutcome.Done<SortedMap<Integer, TileLabels>> done) {
      done.value()
          .forEach(
              (tile, labels) ->
                  messages.add(
                      new Tuple2<>(new TileKey(index, tile), new TileMessage.Labels(labels))));
    } else if (outcome instanceof TaskOutcome.Failed<SortedMap<Integer, TileLabels>> failed) {
      messages.add(new Tuple2<>(new TileKey(index, 0), new TileMessage.Failed(failed.message())));
    }
    return messages;
  }

  private JavaPairRDD<TileKey, TileMessage> fromLabelImages() {
    Broadcast<RunContext> run = context;
    Broadcast<ImagePlans> planned = plans;
    return new LabelScan(spark, context, plans)
        .found(withRegions(Regions.LABEL_IMAGE))
        .flatMapToPair(
            found -> {
              ImagePlan image = planned.value().all().get(found._1());
              TaskOutcome<SortedMap<Integer, TileLabels>> outcome =
                  run.value().attempts().run(() -> assign(run.value(), image, found._2()));
              List<Tuple2<TileKey, TileMessage>> all = messages(found._1(), outcome);
              all.add(
                  new Tuple2<>(
                      new TileKey(found._1(), 0),
                      new TileMessage.Before(LabelScan.read(found._2()))));
              return all.iterator();
            });
  }

  private static SortedMap<Integer, TileLabels> assign(
      RunContext run, ImagePlan image, Iterable<TaskOutcome<Scanned>> parts) {
    return run.open(image.ref()).assign(image.tiles(), LabelScan.boxes(parts));
  }
}
