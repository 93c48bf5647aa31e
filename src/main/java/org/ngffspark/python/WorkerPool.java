// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import java.io.IOException;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/**
 * The processes of Python of this JVM that wait for work. Each thread that applies a function takes
 * one, or starts one, and gives it back, so there are never more than threads at work: one a task
 * slot. They are kept from one task and one run to the next, and end when nobody has needed them
 * for some time. Safe for several threads.
 */
final class WorkerPool {
  /** Processes outlive tasks and runs, so there is one pool for the JVM. */
  private static final WorkerPool SHARED = new WorkerPool(TimeUnit.MINUTES.toNanos(1));

  private final long idleNanos;
  private final Map<Key, Deque<Idle>> waiting = new ConcurrentHashMap<>();

  private record Key(PythonSettings settings, PythonFunction function) {}

  private record Idle(Worker worker, long since) {}

  /** Work with a process. */
  @FunctionalInterface
  interface Use<T> {
    T with(Worker worker) throws IOException;
  }

  /**
   * @param idleNanos after which a process that nobody needs is ended
   */
  WorkerPool(long idleNanos) {
    this.idleNanos = idleNanos;
    Thread cleaning = new Thread(this::cleanAgainAndAgain, "python-workers");
    cleaning.setDaemon(true);
    cleaning.start();
  }

  static WorkerPool shared() {
    return SHARED;
  }

  /**
   * Does something with a process that has loaded the function. It is kept for others if it can go
   * on.
   *
   * @throws org.ngffspark.transform.TransformUnavailableException if Python cannot be used here
   * @throws IllegalArgumentException if the function cannot be loaded
   * @throws PythonException if the function fails, or the thread was interrupted
   * @throws WorkerEndedException if the process ended
   */
  <T> T use(PythonSettings settings, PythonFunction function, Use<T> use)
      throws WorkerEndedException {
    Deque<Idle> idle =
        waiting.computeIfAbsent(new Key(settings, function), key -> new ConcurrentLinkedDeque<>());
    try {
      Optional<Worker> kept = take(idle);
      Worker worker = kept.isPresent() ? kept.get() : Worker.start(settings, function);
      return use(worker, idle, use);
    } catch (WorkerEndedException ended) {
      throw ended;
    } catch (IOException interrupted) {
      throw new PythonException("it was stopped", interrupted);
    }
  }

  private static <T> T use(Worker worker, Deque<Idle> idle, Use<T> use) throws IOException {
    boolean goesOn = false;
    try {
      T result = use.with(worker);
      goesOn = true;
      return result;
    } catch (PythonException failed) {
      goesOn = failed.leavesProcess();
      throw failed;
    } finally {
      if (goesOn) {
        idle.addFirst(new Idle(worker, System.nanoTime()));
      } else {
        worker.close();
      }
    }
  }

  private static Optional<Worker> take(Deque<Idle> idle) {
    // The one that was used last: its memory is nearest.
    for (Idle next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
      if (next.worker.isAlive()) {
        return Optional.of(next.worker);
      }
      next.worker.close();
    }
    return Optional.empty();
  }

  private void cleanAgainAndAgain() {
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(idleNanos);
        clean();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void clean() {
    long now = System.nanoTime();
    for (Deque<Idle> idle : waiting.values()) {
      for (Idle each : List.copyOf(idle)) {
        // Whoever removes it has it alone.
        if (now - each.since >= idleNanos && idle.remove(each)) {
          each.worker.close();
        }
      }
    }
  }
}
