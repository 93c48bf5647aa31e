// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.ngffspark.job.Tally;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TaskResult;
import org.ngffspark.spark.RunContext.PlannedImage;

/**
 * Ends images as their tasks end: commits those that are done, undoes those that failed, while the
 * tasks of others go on. Closing waits until all are ended.
 */
final class Commits implements AutoCloseable {
  private static final int THREADS = 4;

  private final PyramidRun pyramids;
  private final OpenImages open;
  private final Tally tally;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Map<Integer, TilesLeft> left = new HashMap<>();

  /** Of an image in several tiles: how many have not ended, and why it failed, if it did. */
  private static final class TilesLeft {
    private int count;
    private String failure = "";
  }

  Commits(PyramidRun pyramids, OpenImages open, Tally tally) {
    this.pyramids = pyramids;
    this.open = open;
    this.tally = tally;
  }

  /** An image that one task has done. */
  void whole(PlannedImage image, TaskOutcome<TaskResult> outcome) {
    if (outcome instanceof TaskOutcome.Failed<TaskResult> failed) {
      threads.execute(() -> tally.ended(open.fail(image, failed.message())));
      return;
    }
    add(image, ((TaskOutcome.Done<TaskResult>) outcome).value());
    threads.execute(() -> tally.ended(open.commit(image)));
  }

  /** One tile of an image; when it is the last one the rest of the image follows. */
  synchronized void tile(PlannedImage image, int tile, TaskOutcome<TaskResult> outcome) {
    TilesLeft tiles =
        left.computeIfAbsent(
            image.index(),
            key -> {
              TilesLeft all = new TilesLeft();
              all.count = image.plan().tiles().count();
              return all;
            });
    tiles.count--;
    if (outcome instanceof TaskOutcome.Failed<TaskResult> failed) {
      tiles.failure = tiles.failure.isEmpty() ? failed.message() : tiles.failure;
    } else if (outcome instanceof TaskOutcome.Done<TaskResult> done) {
      add(image, done.value());
    }
    if (tiles.count == 0) {
      left.remove(image.index());
      threads.execute(() -> finish(image, tiles.failure));
    }
  }

  private void add(PlannedImage image, TaskResult result) {
    open.get(image).add(result);
    tally.progressed(result.work());
  }

  private void finish(PlannedImage image, String failure) {
    String problem = failure.isEmpty() ? follow(image) : failure;
    tally.ended(problem.isEmpty() ? open.commit(image) : open.fail(image, problem));
  }

  /** Makes the pyramid; says why it cannot be made. */
  private String follow(PlannedImage image) {
    try {
      return pyramids.follow(image, open.get(image));
    } catch (RuntimeException failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      // Commits take as long as they take; to give one up half way is what must not happen.
      boolean ended = threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      assert ended : "commits took 292 years";
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
