// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ngffspark.commit.RecoveryReport;

/**
 * Hands what happens in a run to its listener, one call at a time, on a thread of its own: whoever
 * reports goes on at once. Thread-safe.
 */
final class RunEvents implements AutoCloseable {
  private final RunListener listener;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "run-events"));
  private final List<Runnable> beforePlanned = new ArrayList<>();
  private boolean isPlanned;
  private volatile Optional<RuntimeException> failure = Optional.empty();

  RunEvents(RunListener listener) {
    this.listener = listener;
  }

  void recovered(RecoveryReport report) {
    call(() -> listener.recovered(report));
  }

  /** From here on the other calls go out, after this one; first those that came before. */
  synchronized void planned(long images, long objects) {
    call(() -> listener.planned(images, objects));
    release();
  }

  /** From here on calls go out, also if the run was stopped before all of it was planned. */
  synchronized void release() {
    isPlanned = true;
    beforePlanned.forEach(this::call);
    beforePlanned.clear();
  }

  void looked(long done, long images) {
    call(() -> listener.looked(done, images));
  }

  void phase(RunPhase now) {
    callWhenPlanned(() -> listener.phase(now));
  }

  void running(double objectsDone) {
    callWhenPlanned(() -> listener.running(objectsDone));
  }

  void found(long objectsFound) {
    callWhenPlanned(() -> listener.found(objectsFound));
  }

  void progressed(WorkCount work) {
    callWhenPlanned(() -> listener.progressed(work));
  }

  void ended(ImageOutcome outcome) {
    callWhenPlanned(() -> listener.ended(outcome));
  }

  private synchronized void callWhenPlanned(Runnable event) {
    if (isPlanned) {
      call(event);
    } else {
      beforePlanned.add(event);
    }
  }

  private void call(Runnable event) {
    thread.execute(
        () -> {
          try {
            event.run();
          } catch (RuntimeException wrong) {
            failure = failure.or(() -> Optional.of(wrong));
          }
        });
  }

  /**
   * Returns when the listener has heard all.
   *
   * @throws RuntimeException the first that the listener has thrown
   */
  @Override
  public void close() {
    Threads.finish(thread);
    failure.ifPresent(
        first -> {
          throw first;
        });
  }
}
