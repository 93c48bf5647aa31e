// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.StorePath;

/**
 * How a key of a container was when the run read it, to see before the commit that nobody has
 * changed it since.
 *
 * @param key below the container
 * @param length bytes; −1 if there was no such key
 * @param modified when it was last written; the epoch if there was no such key
 */
public record InputState(String key, long length, Instant modified) implements Serializable {
  private static final long MISSING = -1;

  /** Looks at a key; to be called before the value is read. */
  public static InputState of(StorePath container, String key) {
    return container
        .store()
        .status(container.key(key))
        .map(status -> of(key, status))
        .orElseGet(() -> new InputState(key, MISSING, Instant.EPOCH));
  }

  private static InputState of(String key, KeyStatus status) {
    return new InputState(key, status.length(), status.modified());
  }

  /**
   * Looks whether keys are as they were when a run read them.
   *
   * @throws InputChangedException if one is not
   */
  public static void requireUnchanged(StorePath container, Collection<InputState> inputs) {
    for (InputState before : inputs) {
      InputState now = of(container, before.key());
      if (!now.equals(before)) {
        throw new InputChangedException(
            container.toString(), before.key() + " was " + before + " and is " + now);
      }
    }
  }

  @Override
  public String toString() {
    return length == MISSING ? "missing" : length + " bytes of " + modified;
  }
}
