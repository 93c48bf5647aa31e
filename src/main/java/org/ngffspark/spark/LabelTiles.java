// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.job.AssignTask;
import org.ngffspark.job.AssignTask.Assigned;
import org.ngffspark.job.ImagePlan.Regions;
import org.ngffspark.job.PlannedImage;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TileKey;
import org.ngffspark.spark.TiledImages.Images;
import scala.Tuple2;

/**
 * Sends the labels of images to the tiles that compute them, from tables of regions or from the
 * label images themselves.
 */
final class LabelTiles<M extends Serializable, V extends Serializable> {
  private final JavaSparkContext spark;
  private final SentRun<M, V> context;
  private final Broadcast<Images> images;

  LabelTiles(JavaSparkContext spark, SentRun<M, V> context, Broadcast<Images> images) {
    this.spark = spark;
    this.context = context;
    this.images = images;
  }

  /** The labels by tile. */
  JavaPairRDD<TileKey, TileMessage> messages() {
    return fromTables().union(fromLabelImages());
  }

  private List<Integer> withRegions(Class<? extends Regions> regions) {
    List<PlannedImage> all = images.value().all();
    return IntStream.range(0, all.size())
        .filter(index -> regions.isInstance(all.get(index).plan().regions()))
        .boxed()
        .toList();
  }

  private JavaPairRDD<TileKey, TileMessage> fromTables() {
    List<Integer> tabled = withRegions(Regions.Table.class);
    SentRun<M, V> run = context;
    Broadcast<Images> all = images;
    return spark
        .parallelize(tabled, Math.max(1, tabled.size()))
        .flatMapToPair(
            index -> {
              PlannedImage image = all.value().all().get(index);
              AssignTask assign = new AssignTask(image.tiles(), run.task().crossing());
              return messages(index, run.attempt(image, assign::<V>run)).iterator();
            });
  }

  private static <V> List<Tuple2<TileKey, TileMessage>> messages(
      int index, TaskOutcome<Assigned<V>> outcome) {
    List<Tuple2<TileKey, TileMessage>> messages = new ArrayList<>();
    TileKey first = new TileKey(index, 0);
    if (outcome instanceof TaskOutcome.Done<Assigned<V>> done) {
      messages.add(new Tuple2<>(first, new TileMessage.Before(done.value().result())));
      done.value()
          .byTile()
          .forEach(
              (tile, labels) ->
                  messages.add(
                      new Tuple2<>(new TileKey(index, tile), new TileMessage.Labels(labels))));
    } else if (outcome instanceof TaskOutcome.Failed<Assigned<V>> failed) {
      messages.add(new Tuple2<>(first, new TileMessage.Failed(failed.message())));
    }
    return messages;
  }

  private JavaPairRDD<TileKey, TileMessage> fromLabelImages() {
    SentRun<M, V> run = context;
    Broadcast<Images> all = images;
    return new LabelScan<>(spark, context, images)
        .found(withRegions(Regions.LabelImage.class))
        .flatMapToPair(
            found -> {
              PlannedImage image = all.value().all().get(found._1());
              AssignTask assign = new AssignTask(image.tiles(), run.task().crossing());
              List<Tuple2<TileKey, TileMessage>> messages =
                  messages(
                      found._1(),
                      run.attempt(
                          image,
                          opened -> {
                            LabelBoxes boxes = LabelScan.boxes(found._2());
                            run.found(boxes);
                            return assign.<V>run(opened, boxes);
                          }));
              messages.add(
                  new Tuple2<>(
                      new TileKey(found._1(), 0),
                      new TileMessage.Before(LabelScan.read(found._2()))));
              return messages.iterator();
            });
  }
}
