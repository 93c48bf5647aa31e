// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.ngffspark.job.PlannedImage;
import org.ngffspark.job.Sender;
import org.ngffspark.job.Sent;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.TileKey;
import org.ngffspark.spark.WholeImages.ImageHandler;
import scala.Tuple2;

/**
 * Images that are cut into several tiles: labels go to the tiles that compute them, what tiles send
 * each other to where it is needed, and each tile is done by one task.
 */
final class TiledImages<M extends Serializable, V extends Serializable> {
  private final RunJobs jobs;
  private final SentRun<M, V> context;

  TiledImages(RunJobs jobs, SentRun<M, V> context) {
    this.jobs = jobs;
    this.context = context;
  }

  /** The images, sent to executors once; a tile's key has the place of its image in this list. */
  record Images(List<PlannedImage> all) implements Serializable {
    PlannedImage of(TileKey key) {
      return all.get(key.image());
    }
  }

  void run(List<PlannedImage> images, ImageHandler<V> handler) {
    if (images.isEmpty()) {
      return;
    }
    TilePartitioner tiles =
        new TilePartitioner(images.stream().mapToInt(image -> image.tiles().count()).toArray());
    try (SentOnce<Images> sent = new SentOnce<>(jobs.spark(), new Images(List.copyOf(images)))) {
      JavaPairRDD<TileKey, TileMessage> labels =
          new LabelTiles<>(jobs.spark(), context, sent.broadcast()).messages().partitionBy(tiles);
      // Both have the same partitions, so that joining them moves nothing.
      JavaPairRDD<TileKey, TileMessage> messages =
          context
              .task()
              .sender()
              .map(
                  sender -> labels.union(sent(labels, sender, sent.broadcast()).partitionBy(tiles)))
              .orElse(labels);
      jobs.run(
          RunJobs.counted(tiles.numPartitions(), "tile")
              + " of "
              + RunJobs.counted(images.size(), "image"),
          done(messages, tiles, sent.broadcast()),
          (partition, outcome) ->
              handler.ended(images.get(tiles.key(partition).image()).index(), outcome));
    }
  }

  private JavaPairRDD<TileKey, TileMessage> sent(
      JavaPairRDD<TileKey, TileMessage> labels, Sender<M, V> sender, Broadcast<Images> images) {
    SentRun<M, V> run = context;
    return labels.mapPartitionsToPair(
        messages -> {
          ReceivedByTile<M, V> received = new ReceivedByTile<>();
          Optional<TileKey> key = received.addAll(messages);
          return key.filter(tile -> sender.isNeeded(received.labels()))
              .map(tile -> sent(run, sender, images.value().of(tile), tile, received))
              .orElse(List.of())
              .iterator();
        });
  }

  private static <M extends Serializable, V extends Serializable>
      List<Tuple2<TileKey, TileMessage>> sent(
          SentRun<M, V> run,
          Sender<M, V> sender,
          PlannedImage image,
          TileKey home,
          ReceivedByTile<M, V> received) {
    TaskOutcome<Sent<M, V>> outcome =
        run.attempt(
            image,
            opened -> {
              Sent<M, V> sent = sender.send(opened, received.tile(image, home.tile()));
              return new Sent<>(sent.messages(), run.shown(opened.counted(sent.result())));
            });
    List<Tuple2<TileKey, TileMessage>> messages = new ArrayList<>();
    if (outcome instanceof TaskOutcome.Done<Sent<M, V>> done) {
      messages.add(new Tuple2<>(home, new TileMessage.Before(done.value().result())));
      done.value()
          .messages()
          .forEach(
              (tile, message) ->
                  messages.add(
                      new Tuple2<>(
                          new TileKey(home.image(), tile), new TileMessage.FromTile(message))));
    } else if (outcome instanceof TaskOutcome.Failed<Sent<M, V>> failed) {
      messages.add(new Tuple2<>(home, new TileMessage.Failed(failed.message())));
    }
    return messages;
  }

  private JavaRDD<TaskOutcome<TaskResult<V>>> done(
      JavaPairRDD<TileKey, TileMessage> messages, TilePartitioner tiles, Broadcast<Images> images) {
    SentRun<M, V> run = context;
    return messages.mapPartitionsWithIndex(
        (partition, received) -> {
          TileKey key = tiles.key(partition);
          return List.of(done(run, images.value().of(key), key.tile(), received)).iterator();
        },
        false);
  }

  private static <M extends Serializable, V extends Serializable> TaskOutcome<TaskResult<V>> done(
      SentRun<M, V> run,
      PlannedImage image,
      int tile,
      Iterator<Tuple2<TileKey, TileMessage>> messages) {
    ReceivedByTile<M, V> received = new ReceivedByTile<>();
    received.addAll(messages);
    if (received.failure().isPresent()) {
      return new TaskOutcome.Failed<>(received.failure().get());
    }
    if (received.isEmpty() && !image.needsEveryTile()) {
      return new TaskOutcome.Done<>(received.before());
    }
    return run.attempt(
        image,
        opened ->
            received
                .before()
                .plus(
                    run.shown(opened.counted(run.task().run(opened, received.tile(image, tile))))));
  }
}
