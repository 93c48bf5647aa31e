// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Requests that do not wait for each other.
 *
 * @param atOnce how many at a time; each has a thread while there are several
 */
public record SideBySide(int atOnce) {

  /**
   * Makes a request for each element, and returns when all have been answered.
   *
   * @param request called by several threads
   * @throws RuntimeException the first failure; what had not begun by then is left out
   */
  public <T> void run(Collection<T> all, Consumer<T> request) {
    if (all.size() <= 1 || atOnce == 1) {
      all.forEach(request);
      return;
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(atOnce, all.size()),
            task -> {
              Thread thread = new Thread(task, "ngff-spark-request");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> answers = new ArrayList<>();
      all.forEach(each -> answers.add(threads.submit(() -> request.accept(each))));
      await(answers);
    } finally {
      threads.shutdown();
    }
  }

  /** Waits for all that were begun, so that nothing goes on behind a failure. */
  private static void await(List<Future<?>> answers) {
    List<RuntimeException> failures = new ArrayList<>();
    for (Future<?> answer : answers) {
      if (!failures.isEmpty() && answer.cancel(false)) {
        continue;
      }
      try {
        answer.get();
      } catch (ExecutionException e) {
        failures.add(
            e.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException(e.getCause()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failures.add(new IllegalStateException("Interrupted while waiting for a store", e));
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }
}
