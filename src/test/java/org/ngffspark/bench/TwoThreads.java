// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two threads, as a run on two cores has them. */
final class TwoThreads implements AutoCloseable {
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  /** Does all of it and waits. */
  void run(List<Runnable> work) {
    List<? extends Future<?>> running = work.stream().map(threads::submit).toList();
    for (Future<?> task : running) {
      try {
        task.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
