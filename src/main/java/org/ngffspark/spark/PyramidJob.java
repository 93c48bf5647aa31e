// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.commit.UnfinishedCommitException;
import org.ngffspark.job.ImageJob;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.PyramidBuild;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.StagedOutput;
import org.ngffspark.job.Tally;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.WorkCount;
import org.ngffspark.job.WrittenUnit;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * Rebuilds the coarser levels of images, or makes them: level by level over all images, a task for
 * each write unit. Each image is committed as a whole.
 */
public final class PyramidJob implements ImageJob {

  /**
   * What is built.
   *
   * @param spec which levels of what
   * @param commit how images are staged and committed
   * @param command what was typed, for those who find the run's lock
   */
  public record Request(PyramidBuild.Spec spec, CommitOptions commit, String command) {}

  /** What every task needs. */
  private record Context(PyramidBuild.Spec spec, ExecutorState state, TaskAttempts attempts)
      implements Serializable {
    PyramidBuild open(ImageRef ref) {
      return PyramidBuild.open(ref, spec, state.pool());
    }
  }

  /** One write unit of one image. */
  private record UnitWork(
      int image,
      ImageRef ref,
      int step,
      GridPosition unit,
      List<WrittenUnit> finer,
      StagedOutput output)
      implements Serializable {}

  /** What became of it. */
  private record UnitDone(int image, TaskOutcome<TaskResult> outcome) implements Serializable {}

  private final JavaSparkContext spark;
  private final Request request;
  private final Map<Integer, Building> open = new LinkedHashMap<>();
  private boolean stopped;

  private PyramidJob(JavaSparkContext spark, Request request) {
    this.spark = spark;
    this.request = request;
  }

  static PyramidJob on(JavaSparkContext spark, Request request) {
    return new PyramidJob(spark, request);
  }

  /** An image whose levels are being made. */
  private static final class Building {
    private final ImageRef ref;
    private final PyramidBuild build;
    private final ImageTransaction transaction;
    private final TaskResult.Sum sum = new TaskResult.Sum();
    private final long start = System.nanoTime();
    private List<WrittenUnit> finer = new ArrayList<>();
    private List<WrittenUnit> made = new ArrayList<>();
    private String failure = "";

    Building(ImageRef ref, PyramidBuild build, ImageTransaction transaction) {
      this.ref = ref;
      this.build = build;
      this.transaction = transaction;
    }

    ImageOutcome end(State state, String message) {
      WorkCount work = state == State.DONE ? sum.result().work() : WorkCount.NONE;
      return new ImageOutcome(
          ref, ref.toString(), state, message, work, List.of(), (System.nanoTime() - start) / 1e9);
    }
  }

  @Override
  public RunResult execute(List<ImageRef> images, RunListener listener) {
    Tally tally = new Tally(listener);
    SparkResources resources = SparkResources.of(spark);
    Broadcast<Context> context =
        spark.broadcast(
            new Context(
                request.spec(),
                new ExecutorState(resources.poolBytes()),
                TaskAttempts.of(spark.getConf())));
    try {
      begin(images, context.value(), tally);
      tally.planned(images.size(), 0);
      for (int step = 0; !open.isEmpty() && step < steps(); step++) {
        make(step, context, tally);
      }
      commitAll(tally);
    } catch (SparkJobException failure) {
      abandon(failure.getMessage(), tally);
    } finally {
      abandon("the run was stopped", tally);
      context.destroy();
    }
    return tally.result();
  }

  private void begin(List<ImageRef> images, Context context, Tally tally) {
    RunInfo info = RunInfo.current(request.command(), Map.of());
    List<ImageOutcome> failed = new ArrayList<>();
    try {
      for (int index = 0; index < images.size(); index++) {
        ImageRef ref = images.get(index);
        TaskOutcome<PyramidBuild> build = opened(context, ref);
        if (build instanceof TaskOutcome.Done<PyramidBuild> done) {
          ImageTransaction transaction = ImageTransaction.begin(ref.open(), info, request.commit());
          open.put(index, new Building(ref, done.value(), transaction));
        } else if (build instanceof TaskOutcome.Failed<PyramidBuild> wrong) {
          failed.add(
              new ImageOutcome(
                  ref,
                  ref.toString(),
                  State.FAILED,
                  wrong.message(),
                  WorkCount.NONE,
                  List.of(),
                  0));
        }
      }
      if (open.isEmpty() && !failed.isEmpty()) {
        throw new IllegalArgumentException(failed.get(0).input() + ": " + failed.get(0).message());
      }
    } catch (RuntimeException failure) {
      open.values().forEach(image -> image.transaction.close());
      open.clear();
      throw failure;
    }
    failed.forEach(tally::ended);
  }

  private static TaskOutcome<PyramidBuild> opened(Context context, ImageRef ref) {
    try {
      return new TaskOutcome.Done<>(context.open(ref));
    } catch (IllegalArgumentException | org.ngffspark.zarr.store.FormatException wrong) {
      return new TaskOutcome.Failed<>(wrong.getMessage());
    }
  }

  private int steps() {
    return open.values().stream().mapToInt(image -> image.build.steps()).max().orElse(0);
  }

  private void make(int step, Broadcast<Context> context, Tally tally) {
    List<UnitWork> work = new ArrayList<>();
    open.forEach((index, image) -> work.addAll(work(index, image, step)));
    if (work.isEmpty()) {
      return;
    }
    spark.setJobDescription("Level " + (step + 1) + " of " + open.size() + " images");
    StreamedJob.run(
        spark
            .parallelize(work, work.size())
            .map(
                unit ->
                    new UnitDone(
                        unit.image(),
                        context
                            .value()
                            .attempts()
                            .run(
                                () ->
                                    context
                                        .value()
                                        .open(unit.ref())
                                        .make(
                                            unit.step(),
                                            unit.unit(),
                                            unit.finer(),
                                            unit.output())))),
        (partition, done) -> take(done, tally));
    for (Building image : open.values()) {
      image.finer = image.made;
      image.made = new ArrayList<>();
    }
  }

  private List<UnitWork> work(int index, Building image, int step) {
    List<UnitWork> work = new ArrayList<>();
    if (step >= image.build.steps() || !image.failure.isEmpty()) {
      return work;
    }
    Map<GridPosition, WrittenUnit> staged = new HashMap<>();
    image.finer.forEach(unit -> staged.put(unit.unit(), unit));
    StagedOutput output = image.build.output(image.transaction);
    for (GridPosition unit : image.build.units(step).all()) {
      List<WrittenUnit> finer =
          image.build.finerUnits(step, unit).stream()
              .flatMap(position -> Optional.ofNullable(staged.get(position)).stream())
              .toList();
      work.add(new UnitWork(index, image.ref, step, unit, finer, output));
    }
    return work;
  }

  private synchronized void take(UnitDone done, Tally tally) {
    Optional.ofNullable(open.get(done.image()))
        .ifPresent(
            image -> {
              if (done.outcome() instanceof TaskOutcome.Done<TaskResult> made) {
                image.sum.add(made.value());
                image.made.addAll(made.value().units());
                tally.progressed(made.value().work());
              } else if (done.outcome() instanceof TaskOutcome.Failed<TaskResult> failed) {
                image.failure = failed.message();
              }
            });
  }

  private synchronized void commitAll(Tally tally) {
    for (Integer index : List.copyOf(open.keySet())) {
      Building image = open.get(index);
      if (stopped) {
        return;
      }
      tally.ended(image.failure.isEmpty() ? commit(image) : undo(image, image.failure));
      open.remove(index);
    }
  }

  private static ImageOutcome commit(Building image) {
    try {
      TaskResult all = image.sum.result();
      List<StagedUnit> units = all.units().stream().map(WrittenUnit::staged).toList();
      image.transaction.commit(units, image.build.metadata(), image.build.inputs(all.inputs()));
      return image.end(State.DONE, "");
    } catch (UnfinishedCommitException unfinished) {
      return image.end(State.FAILED, unfinished.getMessage());
    } catch (RuntimeException failure) {
      return undo(image, failure.getMessage());
    }
  }

  private static ImageOutcome undo(Building image, String reason) {
    image.transaction.close();
    return image.end(State.FAILED, reason);
  }

  private synchronized void abandon(String reason, Tally tally) {
    open.values().forEach(image -> tally.ended(undo(image, reason)));
    open.clear();
  }

  @Override
  public void stop() {
    spark.sc().cancelAllJobs();
    synchronized (this) {
      stopped = true;
      open.values().forEach(image -> image.transaction.close());
      open.clear();
    }
  }
}
