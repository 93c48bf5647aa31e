// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.job.Estimate;
import org.ngffspark.job.EstimateTask;
import org.ngffspark.job.Failures;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImagesAtWork;
import org.ngffspark.job.NothingBegunException;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.PlanTask;
import org.ngffspark.job.PlannedImage;
import org.ngffspark.job.Run;
import org.ngffspark.job.RunEnding;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.RunSettings;
import org.ngffspark.job.TaskLimits;

/**
 * Runs a task over the objects or tiles of images. Images that fit one task are done by one; others
 * are cut into tiles. Each image ends by itself. The result does not depend on cores, tiles,
 * retries or speculation.
 */
public final class ObjectRun<M extends Serializable, V extends Serializable> implements Run {
  private final JavaSparkContext spark;
  private final ObjectTask<M, V> task;
  private final RunSettings settings;
  private final RunInfo info;
  private final RunJobs jobs;
  private int forcedTiles;
  private boolean isStopped;
  private Optional<ImagesAtWork<V>> images = Optional.empty();

  public ObjectRun(JavaSparkContext spark, ObjectTask<M, V> task, RunSettings settings) {
    this(spark, task, settings, RunInfo.current(settings.command(), task.details()));
  }

  /**
   * @param info who the run says that it is where it holds images
   */
  ObjectRun(JavaSparkContext spark, ObjectTask<M, V> task, RunSettings settings, RunInfo info) {
    this.spark = spark;
    this.task = task;
    this.settings = settings;
    this.info = info;
    this.jobs = new RunJobs(spark, info);
  }

  /**
   * Cuts each image into at least so many tiles, where its grid allows, in place of what cores and
   * memory suggest. The result is the same.
   */
  public ObjectRun<M, V> withTiles(int atLeast) {
    forcedTiles = atLeast;
    return this;
  }

  @Override
  public RunInfo info() {
    return info;
  }

  @Override
  public RunResult execute(List<ImageRef> refs, RunListener listener) {
    requireSome(refs);
    try (SentOnce<RunContext<M, V>> once = new SentOnce<>(spark, context(refs.size()))) {
      return execute(refs, listener, sent(once));
    }
  }

  private RunResult execute(List<ImageRef> refs, RunListener listener, SentRun<M, V> sent) {
    try (ImagesAtWork<V> atWork =
        new ImagesAtWork<>(task, settings, info, listener, new FollowUpJobs<>(jobs, sent))) {
      begin(atWork);
      try (ObjectProgress progress =
          ObjectProgress.of(
              spark.sc(),
              sent.running(),
              done -> atWork.running(done, sent.foundObjects().sum()))) {
        run(refs, atWork, sent);
      }
      RunResult result = atWork.finish();
      if (!atWork.isStopped()) {
        task.ending(done(result)).ifPresent(this::end);
      }
      return result;
    }
  }

  private static List<ImageOutcome> done(RunResult result) {
    return result.images().stream()
        .filter(image -> image.state() == State.DONE || image.state() == State.DONE_BEFORE)
        .toList();
  }

  private void end(RunEnding ending) {
    List<RunEnding.Step> steps = ending.steps();
    if (!steps.isEmpty()) {
      jobs.run(
          RunJobs.counted(steps.size(), "task") + " after all images",
          spark
              .parallelize(steps, steps.size())
              .map(
                  step -> {
                    step.run();
                    return true;
                  }),
          (partition, isDone) -> {});
    }
    ending.last().run();
  }

  private void run(List<ImageRef> refs, ImagesAtWork<V> atWork, SentRun<M, V> sent) {
    try {
      atWork.begin(refs);
      plan(atWork, sent);
      Map<Boolean, List<PlannedImage>> planned =
          atWork.start(limits(refs.size())).stream()
              .collect(Collectors.partitioningBy(PlannedImage::isSingleTile));
      new WholeImages<>(jobs, sent).run(planned.get(true), atWork::tileEnded);
      new TiledImages<>(jobs, sent).run(planned.get(false), atWork::tileEnded);
    } catch (NothingBegunException refused) {
      throw refused;
    } catch (RuntimeException failure) {
      // Images may be done: what is told of each of them tells more than one exception.
      atWork.failAll(Failures.message(failure));
      if (!Failures.isForeseen(failure)) {
        throw failure;
      }
    }
  }

  private void plan(ImagesAtWork<V> atWork, SentRun<M, V> sent) {
    SortedMap<Integer, ImageRef> waiting = atWork.waiting();
    if (!waiting.isEmpty()) {
      new ImagePlanning<>(jobs, sent)
          .look(
              "Plan of " + RunJobs.counted(waiting.size(), "image"),
              waiting,
              opened -> new PlanTask(sent.task()).run(opened),
              atWork::planned);
    }
  }

  private RunContext<M, V> context(int images) {
    return RunContext.of(
        task, spark.getConf(), SparkResources.poolBytes(spark), settings.sampling().sizes(images));
  }

  private SentRun<M, V> sent(SentOnce<RunContext<M, V>> context) {
    return new SentRun<>(
        context.broadcast(),
        WorkCounters.of(spark.sc()),
        spark.sc().doubleAccumulator(),
        spark.sc().longAccumulator());
  }

  /** When tasks have run: only then all cores are known. */
  private TaskLimits limits(int count) {
    return SparkResources.of(spark).limits(count, forcedTiles);
  }

  private static void requireSome(List<ImageRef> refs) {
    if (refs.isEmpty()) {
      throw new IllegalArgumentException("There is no image to work on");
    }
  }

  private synchronized void begin(ImagesAtWork<V> atWork) {
    images = Optional.of(atWork);
    if (isStopped) {
      atWork.stop();
    }
  }

  @Override
  public void stop() {
    Optional<ImagesAtWork<V>> atWork;
    synchronized (this) {
      isStopped = true;
      atWork = images;
    }
    atWork.ifPresent(ImagesAtWork::stop);
  }

  @Override
  public Estimate estimate(List<ImageRef> refs) {
    requireSome(refs);
    SortedMap<Integer, ImageRef> all = new TreeMap<>();
    refs.forEach(ref -> all.put(all.size(), ref));
    TaskLimits limits = limits(refs.size());
    Estimate.Sum sum = new Estimate.Sum();
    try (SentOnce<RunContext<M, V>> once = new SentOnce<>(spark, context(refs.size()))) {
      SentRun<M, V> sent = sent(once);
      new ImagePlanning<>(jobs, sent)
          .look(
              "Estimate of " + RunJobs.counted(refs.size(), "image"),
              all,
              opened -> new EstimateTask(sent.task(), limits).run(opened),
              (index, outcome) -> sum.add(refs.get(index), outcome));
    }
    return sum.result();
  }
}
