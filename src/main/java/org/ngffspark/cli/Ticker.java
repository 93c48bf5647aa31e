// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Keeps moving what shows a run while no task ends; each by itself, for one may take longer. */
final class Ticker implements AutoCloseable {
  private static final long EVERY_MILLIS = 250;
  private static final ThreadFactory DAEMONS =
      work -> {
        Thread daemon = new Thread(work, "progress");
        daemon.setDaemon(true);
        return daemon;
      };

  private final ScheduledExecutorService threads;

  private Ticker(ScheduledExecutorService threads) {
    this.threads = threads;
  }

  static Ticker of(List<Runnable> ticks) {
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(ticks.size(), DAEMONS);
    for (Runnable tick : ticks) {
      // Ends with the threads.
      var unused =
          threads.scheduleWithFixedDelay(tick, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
    return new Ticker(threads);
  }

  /** Begins no other tick. One that goes on is not interrupted: that would spoil what it writes. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
