// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.ngffspark.report.ProgressReport;

/** Keeps a progress report moving while no task ends. */
final class Ticker implements AutoCloseable {
  private static final long EVERY_MILLIS = 250;

  private final ScheduledExecutorService thread;

  private final ScheduledFuture<?> ticking;

  private Ticker(ScheduledExecutorService thread, ScheduledFuture<?> ticking) {
    this.thread = thread;
    this.ticking = ticking;
  }

  static Ticker of(ProgressReport progress) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread daemon = new Thread(work, "progress");
              daemon.setDaemon(true);
              return daemon;
            });
    ScheduledFuture<?> ticking =
        thread.scheduleAtFixedRate(
            progress::tick, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return new Ticker(thread, ticking);
  }

  @Override
  public void close() {
    ticking.cancel(false);
    thread.shutdownNow();
  }
}
