// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.ngffspark.zarr.store.Awaited;
import org.ngffspark.zarr.store.Store;

/**
 * Work that is waited for also when the waiting thread is interrupted: it must not end half way.
 */
public final class Threads {
  private static final int COUNT = 8;
  private static final int MOST = 16;

  private Threads() {}

  /** Threads that lock, commit and undo images side by side. */
  static ThreadPoolExecutor ofImages() {
    return new ThreadPoolExecutor(
        COUNT,
        COUNT,
        0,
        TimeUnit.NANOSECONDS,
        new LinkedBlockingQueue<>(),
        work -> new Thread(work, "images-at-work"));
  }

  /** Makes them as many as a store best has, where an image is waiting most of the time. */
  static void fit(ThreadPoolExecutor threads, Store store) {
    int count = Math.max(COUNT, Math.min(MOST, store.requestsAtOnce()));
    threads.setMaximumPoolSize(count);
    threads.setCorePoolSize(count);
  }

  /** Does something to each element, several at a time; throws the first exception of one. */
  static <T> void forEach(Collection<T> elements, ExecutorService threads, Consumer<T> work) {
    List<Future<?>> all = new ArrayList<>();
    elements.forEach(element -> all.add(threads.submit(() -> work.accept(element))));
    all.forEach(Threads::await);
  }

  /**
   * The elements for which something holds, in their order; several are asked at a time, for what
   * they wait for is a store.
   */
  public static <T> List<T> filter(List<T> elements, Predicate<T> condition) {
    boolean[] holds = new boolean[elements.size()];
    ExecutorService threads = ofImages();
    try {
      forEach(
          IntStream.range(0, holds.length).boxed().toList(),
          threads,
          index -> holds[index] = condition.test(elements.get(index)));
    } finally {
      finish(threads);
    }
    return IntStream.range(0, holds.length)
        .filter(index -> holds[index])
        .mapToObj(elements::get)
        .toList();
  }

  /** Waits for one piece of work; throws what it throws. */
  static void await(Future<?> work) {
    uninterrupted(
        () -> {
          try {
            work.get();
          } catch (ExecutionException failure) {
            throw thrown(failure.getCause());
          }
        });
  }

  /** Waits for something that somebody else does. */
  static void await(CountDownLatch done) {
    uninterrupted(done::await);
  }

  private static RuntimeException thrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    // The work is code without checked exceptions.
    return (RuntimeException) cause;
  }

  /** Takes no more work and waits for all there is. */
  static void finish(ExecutorService threads) {
    threads.shutdown();
    Awaited.end(threads);
  }

  /** Something that waits. */
  private interface Waiting {
    void run() throws InterruptedException;
  }

  private static void uninterrupted(Waiting waiting) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          waiting.run();
          return;
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
