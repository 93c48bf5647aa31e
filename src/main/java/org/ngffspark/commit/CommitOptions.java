// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.net.URI;
import java.util.Optional;

/**
 * @param staging where to stage units instead of beside the container; they are copied over before
 *     the commit
 * @param durable whether everything is forced to disk before the commit point, so that the promise
 *     holds for a loss of power too
 */
public record CommitOptions(Optional<URI> staging, boolean durable) {

  /** Beside the container; safe when processes are killed. */
  public static CommitOptions standard() {
    return new CommitOptions(Optional.empty(), false);
  }

  /** The same, staged elsewhere. */
  public CommitOptions stagedAt(URI place) {
    return new CommitOptions(Optional.of(place), durable);
  }

  /** The same, safe when power is lost. */
  public CommitOptions forcedToDisk() {
    return new CommitOptions(staging, true);
  }
}
