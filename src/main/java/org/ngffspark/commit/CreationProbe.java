// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreConditions;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;

/**
 * Looks, once a run for each bucket, whether its server creates a key for one caller only. Servers
 * that do not know the condition take the request for an ordinary one and replace what is there; a
 * lock made so would keep nobody out. Thread-safe.
 */
public final class CreationProbe {
  private static final String NAME = "probe";

  /** A recovery may clear up between the two requests of a try. */
  private static final int TRIES = 3;

  private final RunInfo run;
  private final Map<String, Boolean> exclusive = new ConcurrentHashMap<>();

  /**
   * @param run whose images are to be locked
   */
  public CreationProbe(RunInfo run) {
    this.run = run;
  }

  /**
   * Refuses a container whose lock would keep nobody out, unless the options say that somebody else
   * does.
   *
   * @throws StoreException if that is so, or the store cannot be asked
   */
  public void requireLocks(StorePath container, CommitOptions options) {
    Store store = container.store();
    if (options.apart() == CommitOptions.Apart.BY_CALLER || store.conditions().isEmpty()) {
      return;
    }
    String bucket = store.uri().getScheme() + "://" + store.uri().getAuthority();
    if (!exclusive.computeIfAbsent(bucket, name -> createsOnce(CommitArea.of(container)))) {
      throw new StoreException(
          "lock",
          container.toString(),
          "the server of "
              + bucket
              + " does not know conditional creation (If-None-Match), so two runs could not be kept"
              + " apart; say --no-lock if no other run works on these images");
    }
  }

  /** Creates a key twice, where a recovery finds it if this process dies meanwhile. */
  private boolean createsOnce(CommitArea area) {
    StoreConditions conditions = area.store().conditions().orElseThrow();
    LockHolder self = LockHolder.of(run, Optional.empty());
    String key = area.ownedBy(self.owner()).key(NAME);
    try {
      for (int attempt = 1; attempt <= TRIES; attempt++) {
        conditions.create(key, value("first", attempt));
        if (!conditions.create(key, value("second", attempt))) {
          return true;
        }
      }
      return false;
    } finally {
      area.store().delete(key);
    }
  }

  private static ByteBuffer value(String name, int attempt) {
    return ByteBuffer.wrap((name + " " + attempt).getBytes(StandardCharsets.US_ASCII));
  }
}
