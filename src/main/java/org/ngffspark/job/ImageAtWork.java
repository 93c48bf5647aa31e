// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.ngffspark.commit.ImageTransaction;

/**
 * One image of a run, from its lock to its end. Whoever moves it to its end first ends it: a
 * commit, a failure, or a stop. Thread-safe; no call waits for a commit.
 */
final class ImageAtWork<V> {
  private enum State {
    /** Not locked yet. */
    WAITING,
    OPEN,
    /** Being committed or undone, by one thread. */
    ENDING,
    ENDED
  }

  private final int index;
  private final ImageRef ref;
  private final long start = System.nanoTime();
  private final TaskResult.Sum<V> sum = new TaskResult.Sum<>();
  private State state = State.WAITING;
  private Optional<ImageTarget<V>> target = Optional.empty();
  private Optional<ImageTransaction> transaction = Optional.empty();
  private Optional<ImagePlan> plan = Optional.empty();
  private Optional<PlannedImage> planned = Optional.empty();
  private int tilesLeft;
  private String failure = "";
  private Optional<ImageOutcome> outcome = Optional.empty();
  private final CountDownLatch end = new CountDownLatch(1);

  ImageAtWork(int index, ImageRef ref) {
    this.index = index;
    this.ref = ref;
  }

  int index() {
    return index;
  }

  ImageRef ref() {
    return ref;
  }

  synchronized void aimAt(ImageTarget<V> place) {
    target = Optional.of(place);
  }

  /** Where it goes; empty while it is not known. */
  synchronized Optional<ImageTarget<V>> target() {
    return target;
  }

  synchronized Optional<ContainerTarget<V>> container() {
    return target
        .filter(ContainerTarget.class::isInstance)
        .map(place -> (ContainerTarget<V>) place);
  }

  synchronized Optional<FilesTarget<V>> files() {
    return target.filter(FilesTarget.class::isInstance).map(place -> (FilesTarget<V>) place);
  }

  /** The image is locked, or needs no lock. */
  synchronized void open(Optional<ImageTransaction> begun) {
    transaction = begun;
    state = State.OPEN;
  }

  synchronized boolean isOpen() {
    return state == State.OPEN;
  }

  synchronized Optional<ImageTransaction> transaction() {
    return transaction;
  }

  synchronized void plan(ImagePlan made) {
    plan = Optional.of(made);
  }

  /** The plan of an image that is to be done; empty if there is none, or the image has ended. */
  synchronized Optional<ImagePlan> plan() {
    return plan.filter(made -> state == State.OPEN);
  }

  synchronized void start(PlannedImage image) {
    planned = Optional.of(image);
    tilesLeft = image.tiles().count();
    sum.add(
        TaskResult.<V>of(
                List.of(),
                WorkCount.objects(image.plan().skipped().size(), 0, image.plan().notes()))
            .withSkipped(image.plan().skipped()));
  }

  synchronized PlannedImage planned() {
    return planned.orElseThrow(() -> new IllegalStateException(ref + " was not started"));
  }

  synchronized void add(TaskResult<V> part) {
    sum.add(part);
  }

  synchronized TaskResult<V> result() {
    return sum.result();
  }

  /**
   * Notes how a tile ended.
   *
   * @return whether it was the last one
   */
  synchronized boolean tileEnded(TaskOutcome<TaskResult<V>> tile) {
    if (tile instanceof TaskOutcome.Done<TaskResult<V>> done) {
      sum.add(done.value());
    } else if (tile instanceof TaskOutcome.Failed<TaskResult<V>> failed && failure.isEmpty()) {
      failure = failed.message();
    }
    tilesLeft--;
    return tilesLeft == 0;
  }

  /** Why a tile failed; {@code ""} if none did. */
  synchronized String failure() {
    return failure;
  }

  /**
   * Takes the image to end it.
   *
   * @return whether the caller has it; if not, it is not open yet, or somebody else ends it
   */
  synchronized boolean takeToEnd() {
    boolean open = state == State.OPEN;
    state = open ? State.ENDING : state;
    return open;
  }

  synchronized void ended(ImageOutcome how) {
    state = State.ENDED;
    outcome = Optional.of(how);
    end.countDown();
  }

  /** Returns when the image has ended. Somebody must have taken it to end it. */
  void awaitEnd() {
    Threads.await(end);
  }

  synchronized Optional<ImageOutcome> outcome() {
    return outcome;
  }

  synchronized String location() {
    return target.map(ImageTarget::location).orElse(ref.toString());
  }

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
