// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.job.Destination.Existing;
import org.ngffspark.job.ImageJob;
import org.ngffspark.job.ImagePlan;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTasks.Scanned;
import org.ngffspark.job.MaskingTableTarget;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.Tally;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TransformSpec;
import org.ngffspark.job.TransformSpec.TableChoice;
import org.ngffspark.job.TransformSpec.Target;
import org.ngffspark.job.WorkCount;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.spark.LabelScan.ImagePlans;
import org.ngffspark.table.WritableBackend;
import scala.Tuple2;

/**
 * Finds the boxes of all objects of label images in one pass over their chunks, and writes them as
 * masking ROI tables. A table is there wholly or not at all.
 */
public final class RoisJob implements ImageJob {

  /**
   * What is run.
   *
   * @param labelName label image that holds the objects
   * @param table name of the table
   * @param backend how it is written
   * @param existing what happens to a table that is there already
   * @param commit how it is staged and committed
   * @param command what was typed, for those who find the run's lock
   */
  public record Request(
      String labelName,
      String table,
      WritableBackend backend,
      Existing existing,
      CommitOptions commit,
      String command) {}

  private final JavaSparkContext spark;
  private final Request request;
  private final SparkResources resources;

  RoisJob(JavaSparkContext spark, Request request) {
    this.spark = spark;
    this.request = request;
    this.resources = SparkResources.of(spark);
  }

  /**
   * @throws IllegalArgumentException if no table can be written; nothing is touched
   * @throws org.ngffspark.commit.LockedException if another run has one of the images; nothing is
   *     touched
   */
  @Override
  public RunResult execute(List<ImageRef> images, RunListener listener) {
    Broadcast<RunContext> context = spark.broadcast(RunContext.of(spark, objects(), resources));
    Tally tally = new Tally(listener);
    RunInfo info = RunInfo.current(request.command(), Map.of("label image", request.labelName()));
    LockedImages locked = new LockedImages(info, request.commit(), tally);
    try {
      Map<Integer, ImagePlan> plans =
          locked.lock(images, plan(images, context), ref -> target(ref).requireFree());
      scan(plans, context, locked, tally);
    } catch (SparkJobException failure) {
      locked.abandon(failure.getMessage());
    } finally {
      locked.abandon("the run was stopped");
      context.destroy();
    }
    return tally.result();
  }

  private TransformSpec objects() {
    return TransformSpec.reading(
        request.labelName(),
        new TableChoice.Automatic(),
        new Target.OfImage(List.of(), 0),
        1,
        LabelSelection.all());
  }

  private MaskingTableTarget target(ImageRef image) {
    return new MaskingTableTarget(image, request.table(), request.labelName(), request.existing());
  }

  private List<TaskOutcome<ImagePlan>> plan(List<ImageRef> images, Broadcast<RunContext> context) {
    spark.setJobDescription("Plan " + images.size() + " images");
    return spark
        .parallelize(images, images.size())
        .map(image -> context.value().attempts().run(() -> context.value().open(image).scanPlan()))
        .collect();
  }

  /** One image after the other: the driver holds the boxes of one at a time. */
  private void scan(
      Map<Integer, ImagePlan> images,
      Broadcast<RunContext> context,
      LockedImages locked,
      Tally tally) {
    List<Integer> indices = new ArrayList<>(images.keySet());
    Broadcast<ImagePlans> plans = spark.broadcast(new ImagePlans(List.copyOf(images.values())));
    List<Integer> all = IntStream.range(0, indices.size()).boxed().toList();
    Broadcast<RunContext> run = context;
    spark.setJobDescription("Boxes of " + images.size() + " label images");
    Iterator<Tuple2<Integer, TaskOutcome<Found>>> found =
        new LabelScan(spark, context, plans)
            .found(all)
            .mapToPair(
                parts ->
                    new Tuple2<>(
                        parts._1(), run.value().attempts().run(() -> Found.of(parts._2()))))
            .toLocalIterator();
    for (var image = next(found); image.isPresent(); image = next(found)) {
      end(indices.get(image.get()._1()), image.get()._2(), locked, tally);
    }
  }

  /** Spark throws checked exceptions that its Java methods do not declare. */
  private static <T> Optional<T> next(Iterator<T> found) {
    try {
      return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
    } catch (Exception failure) {
      throw new SparkJobException("Spark gave the job up: " + failure.getMessage(), failure);
    }
  }

  /** The boxes of one image, and what finding them took. */
  private record Found(LabelBoxes boxes, WorkCount work) implements Serializable {
    static Found of(Iterable<TaskOutcome<Scanned>> parts) {
      return new Found(LabelScan.boxes(parts), LabelScan.read(parts).work());
    }
  }

  private void end(int index, TaskOutcome<Found> outcome, LockedImages locked, Tally tally) {
    if (outcome instanceof TaskOutcome.Failed<Found> failed) {
      locked.fail(index, failed.message());
      return;
    }
    Found found = ((TaskOutcome.Done<Found>) outcome).value();
    WorkCount work = found.work().plus(WorkCount.objects(found.boxes().size(), 0, Map.of()));
    tally.progressed(work);
    locked.end(
        index,
        (ref, transaction) -> {
          target(ref).commit(transaction, found.boxes(), request.backend());
          return work;
        });
  }

  @Override
  public void stop() {
    spark.sc().cancelAllJobs();
  }
}
