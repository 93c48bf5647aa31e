// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.ngffspark.chunks.ChunkPool;
import org.ngffspark.chunks.ImageOutput;
import org.ngffspark.chunks.NoOutput;
import org.ngffspark.commit.CreationProbe;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.LockRenewal;
import org.ngffspark.commit.RecoveryReport;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.history.JobDecision;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.RunSettings.OnFailure;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.samples.ImageSample;
import org.ngffspark.samples.SampleSizes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of a run. Each is locked, planned, done by tasks, committed or undone, and ends once.
 * Images are locked, committed and undone side by side on threads of this object; whoever hands
 * over what a task came to goes on at once. Thread-safe.
 *
 * <p>Calls come in this order: {@link #begin}, {@link #planned} for each image that {@link
 * #waiting} gives, {@link #start}, {@link #tileEnded} for each tile of each image that has started,
 * {@link #close}. {@link #stop} may come at any time.
 */
public final class ImagesAtWork<V extends Serializable> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImagesAtWork.class);
  private static final String STOPPED = "the run was stopped";

  private final ObjectTask<?, V> task;
  private final RunSettings settings;
  private final FollowUpRunner<V> followUps;
  private final RunEvents events;
  private final LockRenewal renewal = new LockRenewal();
  private final ImageLocks locks;
  private final ImageEnding<V> ending;
  private volatile SampleSizes samples = SampleSizes.NONE;
  private final ThreadPoolExecutor threads = Threads.ofImages();
  private final List<ImageAtWork<V>> images = new CopyOnWriteArrayList<>();
  private final AtomicLong looked = new AtomicLong();
  private final PhaseCount phases;
  private final List<Future<?>> decisions = new CopyOnWriteArrayList<>();
  private volatile Optional<String> stopped = Optional.empty();
  private volatile boolean isTouched;

  /** Runs what follows when all tiles of an image are done. */
  public interface FollowUpRunner<V> {
    /**
     * Runs one round and waits for it.
     *
     * @return what each came to
     * @throws RuntimeException if the round was given up
     */
    List<TaskOutcome<TaskResult<V>>> run(PlannedImage image, List<FollowUp<V>> round);

    /** Ends all tasks of the run; called when it is stopped. */
    void cancel();
  }

  /**
   * @param run as others find it in locks
   */
  public ImagesAtWork(
      ObjectTask<?, V> task,
      RunSettings settings,
      RunInfo run,
      RunListener listener,
      FollowUpRunner<V> followUps) {
    this.task = task;
    this.settings = settings;
    this.followUps = followUps;
    this.events = new RunEvents(listener);
    this.phases = new PhaseCount(events::phase);
    this.locks = new ImageLocks(run, settings, new CreationProbe(run), renewal, this::recovered);
    this.ending = new ImageEnding<>(task, run, followUps);
  }

  private void recovered(RecoveryReport report) {
    isTouched = true;
    events.recovered(report);
  }

  /** Locks every image that can be. */
  public void begin(List<ImageRef> refs) {
    samples = settings.sampling().sizes(refs.size());
    for (ImageRef ref : refs) {
      images.add(new ImageAtWork<>(images.size(), ref));
    }
    Threads.fit(threads, refs.get(0).open().store());
    Threads.forEach(images, threads, this::begin);
  }

  private void begin(ImageAtWork<V> image) {
    try {
      Optional<ImageTransaction> transaction = Optional.empty();
      if (stopped.isEmpty()) {
        image.aimAt(task.target(image.ref()));
        transaction = image.container().map(locks::lock);
      }
      image.open(transaction);
    } catch (RuntimeException | Error failure) {
      image.open(Optional.empty());
      fail(image, Failures.message(failure));
    }
    // A stop that came while the image was being locked has passed it over.
    stopped.ifPresent(reason -> fail(image, reason));
  }

  /** The images that are locked and not planned yet, by their place in the run. */
  public SortedMap<Integer, ImageRef> waiting() {
    SortedMap<Integer, ImageRef> open = new TreeMap<>();
    images.stream()
        .filter(ImageAtWork::isOpen)
        .forEach(image -> open.put(image.index(), image.ref()));
    return open;
  }

  /** Takes the plan of an image, or why it has none. */
  public void planned(int index, TaskOutcome<ImagePlan> outcome) {
    ImageAtWork<V> image = images.get(index);
    decisions.add(threads.submit(() -> decide(image, outcome)));
    events.looked(looked.incrementAndGet(), images.size());
  }

  private void decide(ImageAtWork<V> image, TaskOutcome<ImagePlan> outcome) {
    if (outcome instanceof TaskOutcome.Failed<ImagePlan> failed) {
      fail(image, failed.message());
    } else if (outcome instanceof TaskOutcome.Done<ImagePlan> done) {
      try {
        decide(image, done.value());
      } catch (RuntimeException | Error failure) {
        fail(image, Failures.message(failure));
      }
    }
  }

  private void decide(ImageAtWork<V> image, ImagePlan plan) {
    JobDecision decision =
        image.target().map(target -> decide(image, target, plan)).orElse(JobDecision.run());
    switch (decision.kind()) {
      case RUN -> image.plan(plan);
      case SKIP -> end(image, () -> ending.passOver(image, decision.reason()));
      case REFUSE -> fail(image, image.location() + ": " + decision.reason());
    }
  }

  private JobDecision decide(ImageAtWork<V> image, ImageTarget<V> target, ImagePlan plan) {
    try (OpenedImage opened = OpenedImage.onDriver(image.ref(), plan, task)) {
      return target.decide(opened, settings.repeat());
    }
  }

  /**
   * The images whose tasks are to run.
   *
   * @throws NothingBegunException if there is none because all have failed, though nobody has
   *     stopped the run
   */
  public List<PlannedImage> start(TaskLimits limits) {
    decisions.forEach(Threads::await);
    requireSome();
    List<PlannedImage> started = new ArrayList<>();
    for (ImageAtWork<V> image : images) {
      image.plan().ifPresent(plan -> started.add(start(image, plan, limits)));
    }
    phases.start(started);
    events.planned(
        images.size(), started.stream().mapToLong(image -> image.plan().objects()).sum());
    return started;
  }

  private PlannedImage start(ImageAtWork<V> image, ImagePlan plan, TaskLimits limits) {
    ImageOutput output =
        image
            .transaction()
            .<ImageOutput>map(begun -> image.container().orElseThrow().output(begun.stage()))
            .orElseGet(NoOutput::new);
    TileGrid tiles = plan.tiles(limits);
    PlannedImage planned = new PlannedImage(image.index(), image.ref(), plan, tiles, output);
    image.start(planned);
    return planned;
  }

  private void requireSome() {
    List<ImageOutcome> failed =
        outcomes().stream().filter(outcome -> outcome.state() == State.FAILED).toList();
    if (!isTouched && stopped.isEmpty() && failed.size() == images.size()) {
      int more = images.size() - 1;
      String others =
          more == 0 ? "" : " (and " + more + (more == 1 ? " image" : " images") + " more)";
      throw new NothingBegunException(failed.get(0).explained() + others, new RunResult(failed));
    }
  }

  /**
   * Takes how far tasks are, also those that have not ended.
   *
   * @param objectsFound in label images that no table tells of
   */
  public void running(double objectsDone, long objectsFound) {
    if (objectsFound > 0) {
      events.found(objectsFound);
    }
    events.running(objectsDone);
  }

  /** Takes what the task of a tile came to. With the last one of its image the image ends. */
  public void tileEnded(int index, TaskOutcome<TaskResult<V>> outcome) {
    ImageAtWork<V> image = images.get(index);
    if (outcome instanceof TaskOutcome.Done<TaskResult<V>> done) {
      events.progressed(done.value().work());
    }
    phases.tileEnded();
    if (image.tileEnded(outcome)) {
      threads.execute(() -> finish(image));
    }
  }

  private void finish(ImageAtWork<V> image) {
    String failure = image.failure();
    if (!image.planned().isSingleTile()) {
      failure = failure.isEmpty() ? follow(image) : failure;
      phases.levelsEnded();
    }
    if (failure.isEmpty()) {
      end(image, () -> new ShownEnding<>(task, samples).commit(image, ending));
    } else {
      fail(image, failure);
    }
  }

  /** Runs what follows the tiles; says why that failed. */
  private String follow(ImageAtWork<V> image) {
    PlannedImage planned = image.planned();
    try (OpenedImage opened = OpenedImage.of(planned, task, new ChunkPool(0))) {
      for (int round = 0; image.isOpen(); round++) {
        List<FollowUp<V>> work = task.followUps(opened, round, image.result());
        if (work.isEmpty()) {
          break;
        }
        for (TaskOutcome<TaskResult<V>> outcome : followUps.run(planned, work)) {
          if (outcome instanceof TaskOutcome.Failed<TaskResult<V>> failed) {
            return failed.message();
          }
          TaskResult<V> result = ((TaskOutcome.Done<TaskResult<V>>) outcome).value();
          image.add(result);
          events.progressed(result.work());
        }
      }
      return "";
    } catch (RuntimeException | Error failure) {
      // A stop ends the tasks of a round before it comes to the image.
      return stopped.orElse(Failures.message(failure));
    }
  }

  private void fail(ImageAtWork<V> image, String reason) {
    end(
        image,
        () -> {
          ImageOutcome undone = ending.undo(image, reason);
          return stopped.filter(reason::equals).isPresent() ? undone.asStopped() : undone;
        });
  }

  private void end(ImageAtWork<V> image, Supplier<ImageOutcome> how) {
    if (!image.takeToEnd()) {
      return;
    }
    ImageOutcome outcome = outcome(image, how);
    events.ended(outcome);
    image.ended(outcome.withSample(ImageSample.NONE));
    if (outcome.state() == State.FAILED && settings.onFailure() == OnFailure.STOP) {
      stop("the run ended because " + image.ref() + " failed (--fail-fast)");
    }
  }

  /** An image that was taken ends, whatever happens: others wait for it. */
  private ImageOutcome outcome(ImageAtWork<V> image, Supplier<ImageOutcome> how) {
    try {
      return how.get();
    } catch (RuntimeException | Error fault) {
      LOG.error("{} could not be ended", image.ref(), fault);
      return ImageOutcome.failed(
          image.ref(), image.location(), "it could not be ended: " + fault, image.seconds());
    }
  }

  /**
   * Undoes every image that is not being committed.
   *
   * @param problem why, unless the run was stopped
   */
  public void failAll(String problem) {
    String reason = stopped.orElse(problem);
    List<ImageAtWork<V>> open = images.stream().filter(ImageAtWork::isOpen).toList();
    if (open.isEmpty()) {
      return;
    }
    ExecutorService undoing = Threads.ofImages();
    try {
      Threads.forEach(open, undoing, image -> fail(image, reason));
    } finally {
      Threads.finish(undoing);
    }
  }

  /** Stops the run: no image begins or is committed from now on. Undoes what is open. */
  public void stop() {
    stop(STOPPED);
  }

  private void stop(String reason) {
    if (!isFirstToStop(reason)) {
      return;
    }
    try {
      followUps.cancel();
    } finally {
      failAll(reason);
    }
  }

  private synchronized boolean isFirstToStop(String reason) {
    boolean first = stopped.isEmpty();
    stopped = stopped.or(() -> Optional.of(reason));
    return first;
  }

  public boolean isStopped() {
    return stopped.isPresent();
  }

  private List<ImageOutcome> outcomes() {
    return images.stream().flatMap(image -> image.outcome().stream()).toList();
  }

  /** Waits until every image has ended, and the listener has heard of it. */
  public RunResult finish() {
    events.release();
    Threads.finish(threads);
    close();
    return new RunResult(outcomes());
  }

  /** Undoes the images that have not ended, and waits for commits in flight. */
  @Override
  public void close() {
    failAll(STOPPED);
    Threads.finish(threads);
    // Some may be undone by the thread that has stopped the run.
    images.forEach(ImageAtWork::awaitEnd);
    renewal.close();
    events.close();
  }
}
