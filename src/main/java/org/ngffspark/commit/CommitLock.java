// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.ngffspark.zarr.store.StoreException;

/** Takes containers for runs: of several that want one at once, one gets it. */
final class CommitLock {
  /** How often an owner may come and go while somebody tries to become it. */
  private static final int ATTEMPTS = 20;

  private static final long PAUSE_NANOS = 1_000_000;

  /** For one who found the other area taken, to leave again. */
  private static final long PATIENCE_NANOS = 10_000_000;

  private CommitLock() {}

  /**
   * Takes a container.
   *
   * @param own the directory that makes it this owner's
   * @throws LockedException if another has it
   */
  static void acquire(RunDirectory own, LockHolder self) {
    CommitArea area = own.area();
    area.requireTrusted();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (claim(own, self)) {
        requireTrusted(own);
        requireAlone(own);
        return;
      }
      Optional<LockHolder> other = area.current().flatMap(RunDirectory::holder);
      if (other.isPresent()) {
        throw new LockedException(area.path().toString(), other.get());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw inTheWay(area);
  }

  private static StoreException inTheWay(CommitArea area) {
    return new StoreException(
        "lock",
        area.path().toString(),
        area.current()
            .map(there -> there.key() + " is in the way, and nothing in it says whose it is")
            .orElse("others keep taking and leaving it; try again"));
  }

  /** Somebody may have made the area just before, to get at what lies in it. */
  private static void requireTrusted(RunDirectory own) {
    try {
      own.area().requireTrusted();
    } catch (StoreException e) {
      throw releasedAfter(e, own);
    }
  }

  /**
   * Looks whether somebody is in the container's other area. Of two who have both taken one and see
   * each other, the one that is where owners and modes lead waits until the other has left again.
   */
  private static void requireAlone(RunDirectory own) {
    if (!own.area().renames()) {
      return;
    }
    CommitArea other = own.area().other();
    try {
      for (int attempt = 0; !other.isFree(); attempt++) {
        Optional<LockHolder> holder = other.current().flatMap(RunDirectory::holder);
        boolean last = attempt == ATTEMPTS;
        if (holder.isPresent() && (last || !CommitPlaces.isPreferred(own.area()))) {
          leave(own);
          throw new LockedException(own.area().path().toString(), holder.get());
        }
        if (last) {
          throw inTheWay(other);
        }
        LockSupport.parkNanos(PATIENCE_NANOS);
      }
    } catch (StoreException e) {
      throw releasedAfter(e, own);
    }
  }

  private static void leave(RunDirectory own) {
    own.end(Ending.UNDONE).ifPresent(RunDirectory::delete);
  }

  private static boolean claim(RunDirectory own, LockHolder self) {
    try {
      return own.claim(self);
    } catch (StoreException e) {
      throw releasedAfter(e, own);
    }
  }

  /** The directory may be there all the same. */
  private static StoreException releasedAfter(StoreException failure, RunDirectory own) {
    try {
      if (own.isOwned()) {
        leave(own);
      }
      return failure;
    } catch (StoreException e) {
      String path = own.area().path().toString();
      StoreException left =
          new StoreException(
              "lock",
              path,
              failure.getMessage()
                  + "; its lock may be there all the same: run 'recover "
                  + path
                  + "'");
      left.initCause(failure);
      left.addSuppressed(e);
      return left;
    }
  }
}
