// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.StorePath;

/**
 * How a key of a container was when the run read it, to see before the commit that nobody has
 * changed it since.
 *
 * @param key below the container
 * @param length bytes; −1 if there was no such key
 * @param modified when it was last written; the epoch if there was no such key
 * @param version what the store tells values of the key apart by; may be empty
 */
public record InputState(String key, long length, Instant modified, String version)
    implements Serializable {
  private static final long MISSING = -1;

  /** Looks at a key; to be called before the value is read. */
  public static InputState of(StorePath container, String key) {
    return of(key, container.store().status(container.key(key)));
  }

  private static InputState of(String key, Optional<KeyStatus> status) {
    return status
        .map(found -> new InputState(key, found.length(), found.modified(), found.version()))
        .orElseGet(() -> new InputState(key, MISSING, Instant.EPOCH, ""));
  }

  /**
   * Looks whether keys are as they were when a run read them.
   *
   * @throws InputChangedException if one is not
   */
  public static void requireUnchanged(StorePath container, Collection<InputState> inputs) {
    SortedMap<String, KeyStatus> now =
        container.store().statuses(inputs.stream().map(each -> container.key(each.key())).toList());
    for (InputState before : inputs) {
      requireUnchanged(
          container, before, Optional.ofNullable(now.get(container.key(before.key()))));
    }
  }

  private static void requireUnchanged(
      StorePath container, InputState before, Optional<KeyStatus> status) {
    InputState now = of(before.key(), status);
    if (!now.equals(before)) {
      throw new InputChangedException(
          container.toString(), before.key() + " was " + before + " and is " + now);
    }
  }

  @Override
  public String toString() {
    return length == MISSING ? "missing" : length + " bytes of " + modified;
  }
}
