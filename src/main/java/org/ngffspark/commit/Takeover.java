// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ngffspark.zarr.store.StoreException;

/**
 * The right to clear up after a dead run, which one recovery at a time has.
 *
 * <p>A lock cannot be taken from a dead run by deleting it: of two that find it dead the second
 * would delete the lock of whoever came after the first. So who clears up after run X first creates
 * a key named after X, which only one can, and then looks whether the lock is still that of X. A
 * recovery that dies is succeeded in the same way: by a key named after it.
 */
final class Takeover {
  private static final int ATTEMPTS = 20;

  private final CommitArea area;
  private final RunInfo recovery;
  private final Set<String> declaredDead;

  /** Keys from the lock to the one that this recovery created, and who holds each. */
  private final Map<String, String> chain = new LinkedHashMap<>();

  /** The last key of the chain. */
  private String mine = "";

  Takeover(CommitArea area, RunInfo recovery, Set<String> declaredDead) {
    this.area = area;
    this.recovery = recovery;
    this.declaredDead = declaredDead;
  }

  /** Tries to get the right; returns who is in the way. */
  Optional<LockHolder> acquire() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      chain.clear();
      Optional<LockHolder> inTheWay = follow();
      if (inTheWay.isPresent() || isOwner()) {
        return inTheWay;
      }
      release();
    }
    throw new StoreException(
        "recover", area.path().toString(), "others keep changing its lock; try again");
  }

  /** Whether a run is known to be dead, or somebody said so. */
  static boolean isDead(LockHolder holder, Set<String> declaredDead) {
    return holder.liveness() == ProcessMark.Liveness.DEAD
        || (holder.liveness() == ProcessMark.Liveness.UNKNOWN
            && declaredDead.contains(holder.id()));
  }

  /** Goes from the lock over those who died clearing up to the first free place, and takes it. */
  private Optional<LockHolder> follow() {
    mine = area.lock();
    String dead = "";
    while (true) {
      Optional<LockHolder> holder = CommitLock.read(area.store(), mine);
      if (holder.isEmpty()) {
        if (area.store().writeIfAbsent(mine, LockHolder.encode(recovery, Optional.empty()))) {
          chain.put(mine, recovery.id());
          return Optional.empty();
        }
      } else if (isDead(holder.get(), declaredDead)) {
        chain.put(mine, holder.get().id());
        dead = holder.get().isDamaged() ? dead + holder.get().id() : holder.get().id();
        mine = area.takeover(dead);
      } else {
        return holder;
      }
    }
  }

  /** Whether nothing has changed since {@link #follow} went along. */
  private boolean isOwner() {
    return chain.entrySet().stream()
        .allMatch(
            each ->
                CommitLock.read(area.store(), each.getKey())
                    .filter(holder -> holder.id().equals(each.getValue()))
                    .isPresent());
  }

  /** Gives the right back, if it was got, and leaves everything else to the next one. */
  void release() {
    Optional<LockHolder> holder = area.store().read(mine).map(LockHolder::decode);
    if (holder.isPresent() && holder.get().isHeldBy(recovery)) {
      area.store().delete(mine);
    }
  }

  /** Removes the lock, and with it what is left of those who died clearing up. */
  void removeAll() {
    area.store().delete(area.lock());
    area.takeovers().forEach(area.store()::delete);
  }
}
