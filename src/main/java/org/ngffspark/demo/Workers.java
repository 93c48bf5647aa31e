// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** A few threads: as many as a tile for each fits into a small heap. */
final class Workers implements AutoCloseable {
  private static final int MOST = 4;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(Math.min(MOST, Runtime.getRuntime().availableProcessors()));

  /** Does {@code work} for each item and waits; the first failure is thrown on. */
  <T> void forEach(List<T> items, Consumer<T> work) {
    List<Future<?>> running = new ArrayList<>();
    for (T item : items) {
      running.add(threads.submit(() -> work.accept(item)));
    }
    running.forEach(Workers::await);
  }

  private static void await(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while making sample data", stopped);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("Cannot make sample data", failed.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
