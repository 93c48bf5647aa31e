// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.ngffspark.zarr.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of all that a run has locked, once a minute, that the run is at work: where others cannot
 * look at its process, they take it for dead when it has said nothing for long.
 */
public final class LockRenewal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LockRenewal.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Set<ImageTransaction> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(LockRenewal::thread);

  private final ScheduledFuture<?> renewal =
      clock.scheduleWithFixedDelay(
          this::renew, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "ngff-spark-locks");
    thread.setDaemon(true);
    return thread;
  }

  /** Goes on with it until the transaction has ended. */
  public void add(ImageTransaction transaction) {
    open.add(transaction);
  }

  private void renew() {
    open.removeIf(transaction -> !renewed(transaction));
  }

  /** Whether it is to be renewed again; one that cannot be now may be in a minute. */
  private static boolean renewed(ImageTransaction transaction) {
    try {
      return transaction.renew();
    } catch (StoreException e) {
      LOG.warn("A lock was not renewed, which is tried again in a minute", e);
      return true;
    }
  }

  @Override
  public void close() {
    renewal.cancel(false);
    clock.shutdown();
  }
}
