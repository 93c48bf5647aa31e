// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.ngffspark.zarr.store.StorePath;

/**
 * Metadata of a group that several runs change, such as the images of a well. Each reads, changes
 * and writes it while it has the group's lock.
 */
public final class SharedMetadata {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private SharedMetadata() {}

  /**
   * Changes the metadata of a group while no other run does.
   *
   * @param change reads, changes and writes
   * @throws LockedException if another run keeps the lock for a minute
   */
  public static void change(StorePath group, RunInfo run, Runnable change) {
    CommitArea area = CommitArea.of(group);
    acquire(area, run);
    try {
      change.run();
    } finally {
      CommitLock.release(area, run);
    }
  }

  private static void acquire(CommitArea area, RunInfo run) {
    long start = System.nanoTime();
    while (true) {
      Optional<LockHolder> holder = CommitLock.tryAcquire(area, run, Optional.empty());
      if (holder.isEmpty()) {
        return;
      }
      if (Takeover.isDead(holder.get(), Set.of())) {
        new Recovery(run, Set.of()).recover(area.path());
      } else if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new LockedException(area.path().toString(), holder.get());
      } else {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
