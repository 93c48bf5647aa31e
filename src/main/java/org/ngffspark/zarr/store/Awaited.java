// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Work of other threads that somebody waits for; it is code without checked exceptions. */
public final class Awaited {
  private Awaited() {}

  /**
   * What a piece of work has returned.
   *
   * @param interrupted message of the exception if the waiting thread is interrupted
   * @throws RuntimeException what the work has thrown; an {@link IllegalStateException} if the
   *     waiting thread is interrupted, which stays so
   */
  public static <T> T result(Future<T> work, String interrupted) {
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted, e);
    }
  }

  /**
   * Waits until threads that were shut down have ended, also when the waiting thread is
   * interrupted, which it stays.
   */
  public static void end(ExecutorService threads) {
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        boolean ended = threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        assert ended : "waited for 292 years";
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
