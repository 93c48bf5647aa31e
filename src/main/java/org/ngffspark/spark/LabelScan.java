// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.job.ImagePlan;
import org.ngffspark.job.ImageTasks.Scanned;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TaskResult;
import org.ngffspark.zarr.nd.GridPosition;
import scala.Tuple2;

/** Finds the boxes of objects in label images, a few write units in each task. */
final class LabelScan {
  private static final int UNITS_PER_TASK = 8;

  private final JavaSparkContext spark;
  private final Broadcast<RunContext> context;
  private final Broadcast<ImagePlans> plans;

  LabelScan(JavaSparkContext spark, Broadcast<RunContext> context, Broadcast<ImagePlans> plans) {
    this.spark = spark;
    this.context = context;
    this.plans = plans;
  }

  /** The plans of the images of a run, sent to executors once. */
  record ImagePlans(List<ImagePlan> all) implements Serializable {}

  /** A part of a label image. */
  private record Part(int image, List<GridPosition> units) implements Serializable {}

  /**
   * What was found in the parts of each image.
   *
   * @param images places of the images among the plans
   */
  JavaPairRDD<Integer, Iterable<TaskOutcome<Scanned>>> found(List<Integer> images) {
    List<Part> parts = parts(images);
    Broadcast<RunContext> run = context;
    Broadcast<ImagePlans> planned = plans;
    return spark
        .parallelize(parts, Math.max(1, parts.size()))
        .mapToPair(
            part -> {
              ImagePlan image = planned.value().all().get(part.image());
              TaskOutcome<Scanned> found =
                  run.value()
                      .attempts()
                      .run(() -> run.value().open(image.ref()).scan(part.units()));
              return new Tuple2<>(part.image(), found);
            })
        .groupByKey();
  }

  private List<Part> parts(List<Integer> images) {
    List<Part> parts = new ArrayList<>();
    for (int image : images) {
      List<GridPosition> units = plans.value().all().get(image).labelUnits().all();
      for (int from = 0; from < units.size(); from += UNITS_PER_TASK) {
        int to = Math.min(units.size(), from + UNITS_PER_TASK);
        parts.add(new Part(image, List.copyOf(units.subList(from, to))));
      }
    }
    return parts;
  }

  /**
   * The boxes of all parts of one image.
   *
   * @throws IllegalArgumentException if a part could not be read
   */
  static LabelBoxes boxes(Iterable<TaskOutcome<Scanned>> parts) {
    List<LabelBoxes> boxes = new ArrayList<>();
    for (TaskOutcome<Scanned> part : parts) {
      if (part instanceof TaskOutcome.Failed<Scanned> failed) {
        throw new IllegalArgumentException(failed.message());
      }
      boxes.add(((TaskOutcome.Done<Scanned>) part).value().boxes());
    }
    return LabelBoxes.merge(boxes);
  }

  /** What reading the parts took. */
  static TaskResult read(Iterable<TaskOutcome<Scanned>> parts) {
    TaskResult.Sum sum = new TaskResult.Sum();
    for (TaskOutcome<Scanned> part : parts) {
      if (part instanceof TaskOutcome.Done<Scanned> done) {
        sum.add(done.value().result());
      }
    }
    return sum.result();
  }
}
