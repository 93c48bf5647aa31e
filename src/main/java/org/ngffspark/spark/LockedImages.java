// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.Tally;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.WorkCount;

/**
 * The images of a run that the driver itself changes, each locked from its start to its end.
 * Thread-safe.
 */
final class LockedImages {

  /** A locked image. */
  private record Locked(ImageRef ref, ImageTransaction transaction, long start) {}

  private final RunInfo run;
  private final CommitOptions options;
  private final Tally tally;
  private final Map<Integer, Locked> open = new TreeMap<>();

  LockedImages(RunInfo run, CommitOptions options, Tally tally) {
    this.run = run;
    this.options = options;
    this.tally = tally;
  }

  /** Refuses an image by throwing {@link IllegalArgumentException}. */
  @FunctionalInterface
  interface Check {
    void check(ImageRef image);
  }

  /**
   * Locks every image that can be done; tells how the others end.
   *
   * @param plans of the images, in their order
   * @return plans of the locked images, by their place among the images
   * @throws IllegalArgumentException if there is none; nothing is touched
   * @throws org.ngffspark.commit.LockedException if another run has one; nothing is touched
   */
  synchronized <T> Map<Integer, T> lock(
      List<ImageRef> images, List<TaskOutcome<T>> plans, Check check) {
    Map<Integer, T> locked = new TreeMap<>();
    List<ImageOutcome> failures = new ArrayList<>();
    try {
      for (int index = 0; index < images.size(); index++) {
        ImageRef ref = images.get(index);
        if (plans.get(index) instanceof TaskOutcome.Done<T> plan) {
          Optional<String> problem = lock(index, ref, check);
          problem.ifPresentOrElse(
              message -> failures.add(failed(ref, message, System.nanoTime())), () -> {});
          if (problem.isEmpty()) {
            locked.put(index, plan.value());
          }
        } else if (plans.get(index) instanceof TaskOutcome.Failed<T> failed) {
          failures.add(failed(ref, failed.message(), System.nanoTime()));
        }
      }
      Tally.requireSome(failures, images.size());
    } catch (RuntimeException refused) {
      open.values().forEach(image -> image.transaction().close());
      open.clear();
      throw refused;
    }
    tally.planned(images.size(), 0);
    failures.forEach(tally::ended);
    return locked;
  }

  private Optional<String> lock(int index, ImageRef ref, Check check) {
    ImageTransaction transaction = ImageTransaction.begin(ref.open(), run, options);
    try {
      check.check(ref);
      open.put(index, new Locked(ref, transaction, System.nanoTime()));
      return Optional.empty();
    } catch (IllegalArgumentException refused) {
      transaction.close();
      return Optional.of(refused.getMessage());
    }
  }

  synchronized Optional<ImageTransaction> transaction(int index) {
    return Optional.ofNullable(open.get(index)).map(Locked::transaction);
  }

  /**
   * Ends an image.
   *
   * @param commit writes and commits; says what was done
   */
  void end(int index, BiFunction<ImageRef, ImageTransaction, WorkCount> commit) {
    Optional<Locked> image = remove(index);
    image.ifPresent(locked -> tally.ended(commit(locked, commit)));
  }

  private synchronized Optional<Locked> remove(int index) {
    return Optional.ofNullable(open.remove(index));
  }

  private static ImageOutcome commit(
      Locked image, BiFunction<ImageRef, ImageTransaction, WorkCount> commit) {
    try (ImageTransaction transaction = image.transaction()) {
      WorkCount work = commit.apply(image.ref(), transaction);
      double seconds = (System.nanoTime() - image.start()) / 1e9;
      String location = image.ref().toString();
      return new ImageOutcome(image.ref(), location, State.DONE, "", work, List.of(), seconds);
    } catch (RuntimeException failure) {
      return failed(image.ref(), String.valueOf(failure.getMessage()), image.start());
    }
  }

  /** Undoes an image. */
  void fail(int index, String message) {
    end(
        index,
        (ref, transaction) -> {
          throw new IllegalStateException(message);
        });
  }

  /** Undoes every image that has not ended. */
  void abandon(String reason) {
    List<Integer> left;
    synchronized (this) {
      left = List.copyOf(open.keySet());
    }
    left.forEach(index -> fail(index, reason));
  }

  private static ImageOutcome failed(ImageRef ref, String message, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    return new ImageOutcome(
        ref, ref.toString(), State.FAILED, message, WorkCount.NONE, List.of(), seconds);
  }
}
