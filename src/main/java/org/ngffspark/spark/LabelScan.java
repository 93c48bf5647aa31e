// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.job.ImagePlan.Regions;
import org.ngffspark.job.PlannedImage;
import org.ngffspark.job.ScanTask;
import org.ngffspark.job.ScanTask.Scanned;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TaskResult;
import org.ngffspark.spark.TiledImages.Images;
import org.ngffspark.zarr.nd.GridPosition;
import scala.Tuple2;

/** Finds the boxes of objects in label images, a few write units in each task. */
final class LabelScan<M extends Serializable, V extends Serializable> {
  private static final int UNITS_PER_TASK = 8;

  private final JavaSparkContext spark;
  private final SentRun<M, V> context;
  private final Broadcast<Images> images;

  LabelScan(JavaSparkContext spark, SentRun<M, V> context, Broadcast<Images> images) {
    this.spark = spark;
    this.context = context;
    this.images = images;
  }

  /** A part of a label image. */
  private record Part(int image, List<GridPosition> units) implements Serializable {}

  /**
   * What was found in the parts of each image.
   *
   * @param indices places of the images in the list
   */
  JavaPairRDD<Integer, Iterable<TaskOutcome<Scanned<V>>>> found(List<Integer> indices) {
    List<Part> parts = parts(indices);
    SentRun<M, V> run = context;
    Broadcast<Images> all = images;
    return spark
        .parallelize(parts, Math.max(1, parts.size()))
        .mapToPair(
            part -> {
              PlannedImage image = all.value().all().get(part.image());
              ScanTask scan = new ScanTask(part.units());
              TaskOutcome<Scanned<V>> found =
                  run.attempt(
                      image,
                      opened -> {
                        Scanned<V> scanned = scan.run(opened);
                        run.shown(scanned.result());
                        return scanned;
                      });
              return new Tuple2<>(part.image(), found);
            })
        .groupByKey();
  }

  private List<Part> parts(List<Integer> indices) {
    List<Part> parts = new ArrayList<>();
    for (int index : indices) {
      Regions.LabelImage regions =
          (Regions.LabelImage) images.value().all().get(index).plan().regions();
      List<GridPosition> units = regions.units().all();
      for (int from = 0; from < units.size(); from += UNITS_PER_TASK) {
        int to = Math.min(units.size(), from + UNITS_PER_TASK);
        parts.add(new Part(index, List.copyOf(units.subList(from, to))));
      }
    }
    return parts;
  }

  /**
   * The boxes of all parts of one image.
   *
   * @throws IllegalArgumentException if a part could not be read
   */
  static <V> LabelBoxes boxes(Iterable<TaskOutcome<Scanned<V>>> parts) {
    List<LabelBoxes> boxes = new ArrayList<>();
    for (TaskOutcome<Scanned<V>> part : parts) {
      if (part instanceof TaskOutcome.Failed<Scanned<V>> failed) {
        throw new IllegalArgumentException(failed.message());
      }
      boxes.add(((TaskOutcome.Done<Scanned<V>>) part).value().boxes());
    }
    return LabelBoxes.merge(boxes);
  }

  /** What reading the parts took. */
  static <V> TaskResult<V> read(Iterable<TaskOutcome<Scanned<V>>> parts) {
    TaskResult.Sum<V> sum = new TaskResult.Sum<>();
    for (TaskOutcome<Scanned<V>> part : parts) {
      if (part instanceof TaskOutcome.Done<Scanned<V>> done) {
        sum.add(done.value().result());
      }
    }
    return sum.result();
  }
}
