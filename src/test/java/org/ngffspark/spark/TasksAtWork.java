// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.LiveListenerBus;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Counts the tasks that are at work, for tests that look at what they leave. */
final class TasksAtWork extends SparkListener {
  private static final int PATIENCE = 2_000;

  private final LiveListenerBus events;
  private final AtomicInteger running = new AtomicInteger();

  TasksAtWork(LiveListenerBus events) {
    this.events = events;
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    running.incrementAndGet();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    running.decrementAndGet();
  }

  /** Waits, at most some twenty seconds. */
  void awaitNone() throws InterruptedException, TimeoutException {
    for (int look = 0; look < PATIENCE; look++) {
      events.waitUntilEmpty();
      if (running.get() == 0) {
        return;
      }
      Thread.sleep(10);
    }
    assertThat(running).as("tasks at work").hasValue(0);
  }
}
