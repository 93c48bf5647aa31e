// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;

/** The lock of a container: a key that only one run can create. */
final class CommitLock {
  /** A file system without hard links shows a lock before all of it is written. */
  private static final Duration WRITING = Duration.ofMillis(200);

  private static final int LOOKS = 10;

  /** How often a lock may come and go while somebody tries to take it. */
  private static final int ATTEMPTS = 20;

  private CommitLock() {}

  /**
   * Takes the lock.
   *
   * @throws LockedException if another run has it
   */
  static void acquire(CommitArea area, RunInfo run, Optional<URI> staging) {
    Optional<LockHolder> holder = tryAcquire(area, run, staging);
    if (holder.isPresent()) {
      throw new LockedException(area.path().toString(), holder.get());
    }
  }

  /** Takes the lock and returns nothing, or returns who has it. */
  static Optional<LockHolder> tryAcquire(CommitArea area, RunInfo run, Optional<URI> staging) {
    ByteBuffer content = LockHolder.encode(run, staging);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (create(area, run, content)) {
        return Optional.empty();
      }
      Optional<LockHolder> holder = read(area.store(), area.lock());
      if (holder.isPresent()) {
        return holder;
      }
    }
    throw new StoreException(
        "lock", area.path().toString(), "others keep taking and leaving its lock; try again");
  }

  private static boolean create(CommitArea area, RunInfo run, ByteBuffer content) {
    try {
      return area.store().writeIfAbsent(area.lock(), content);
    } catch (StoreException e) {
      releaseAfter(e, area, run);
      throw e;
    }
  }

  /** The lock may be there all the same: nobody else would take it away. */
  private static void releaseAfter(StoreException failure, CommitArea area, RunInfo run) {
    try {
      release(area, run);
    } catch (StoreException e) {
      failure.addSuppressed(e);
    }
  }

  /** Who holds a lock or a takeover; empty if nobody does. */
  static Optional<LockHolder> read(Store store, String key) {
    for (int look = 1; ; look++) {
      Optional<LockHolder> holder = store.read(key).map(LockHolder::decode);
      boolean damaged = holder.isPresent() && holder.get().isDamaged();
      if (!damaged || look == LOOKS || !isBeingWritten(store, key)) {
        return holder;
      }
      LockSupport.parkNanos(WRITING.toNanos() / LOOKS);
    }
  }

  private static boolean isBeingWritten(Store store, String key) {
    Instant recently = Instant.now().minus(WRITING);
    return store.status(key).filter(status -> status.modified().isAfter(recently)).isPresent();
  }

  /** Gives the lock back if it is still this run's. */
  static void release(CommitArea area, RunInfo run) {
    Optional<LockHolder> holder = area.store().read(area.lock()).map(LockHolder::decode);
    if (holder.isPresent() && holder.get().isHeldBy(run)) {
      area.store().delete(area.lock());
    }
  }
}
