// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.net.URI;
import java.util.Optional;

/**
 * How a run changes containers.
 *
 * @param staging where to stage units instead of beside the container; they are copied over before
 *     the commit
 * @param durable whether everything is forced to disk before the commit point, so that the promise
 *     holds for a loss of power too
 * @param apart what keeps runs on one container apart
 */
public record CommitOptions(Optional<URI> staging, boolean durable, Apart apart) {

  /** What keeps runs on one container apart. */
  public enum Apart {
    /** Locks, which need a store that makes them for one run only. */
    BY_LOCKS,
    /** Whoever starts runs; what a store can do for its locks is not asked. */
    BY_CALLER
  }

  /** Beside the container; safe when processes are killed; kept apart by locks. */
  public static CommitOptions standard() {
    return new CommitOptions(Optional.empty(), false, Apart.BY_LOCKS);
  }

  /** The same, staged elsewhere. */
  public CommitOptions stagedAt(URI place) {
    return new CommitOptions(Optional.of(place), durable, apart);
  }

  /** The same, safe when power is lost. */
  public CommitOptions forcedToDisk() {
    return new CommitOptions(staging, true, apart);
  }

  /** The same, kept apart so. */
  public CommitOptions keptApart(Apart way) {
    return new CommitOptions(staging, durable, way);
  }
}
