// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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

  /**
   * Of a key whose status was taken before its value was read, or with it.
   *
   * @param status empty if there was no such key
   */
  public static InputState of(String key, Optional<KeyStatus> status) {
    return status
        .map(found -> new InputState(key, found.length(), found.modified(), found.version()))
        .orElseGet(() -> new InputState(key, MISSING, Instant.EPOCH, ""));
  }

  /**
   * This state, if it is the other one of the same key too.
   *
   * @throws InputChangedException if it is not: the key was changed between two reads
   */
  public InputState requireSame(StorePath container, InputState other) {
    if (!equals(other)) {
      throw new InputChangedException(container.toString(), key + " was " + this + " and " + other);
    }
    return this;
  }

  /**
   * Looks whether keys are as they were when a run read them.
   *
   * @throws InputChangedException if one is not
   */
  public static void requireUnchanged(StorePath container, Collection<InputState> inputs) {
    for (InputState before : changed(container, inputs)) {
      // Many are looked at by lists, which some servers write otherwise than single answers.
      InputState now = of(container, before.key());
      if (!now.equals(before)) {
        throw new InputChangedException(
            container.toString(), before.key() + " was " + before + " and is " + now);
      }
    }
  }

  /** Those that are not as they were, as far as one look at all of them tells. */
  static List<InputState> changed(StorePath container, Collection<InputState> inputs) {
    SortedMap<String, KeyStatus> now =
        container.store().statuses(inputs.stream().map(each -> container.key(each.key())).toList());
    return inputs.stream()
        .filter(
            before -> {
              String key = container.key(before.key());
              return !of(before.key(), Optional.ofNullable(now.get(key))).equals(before);
            })
        .toList();
  }

  /** Whether it tells the content too: the store has tags for its values, or there was none. */
  boolean tellsContent() {
    return isMissing() || !version.isEmpty();
  }

  /** Whether there was no such key. */
  public boolean isMissing() {
    return length == MISSING;
  }

  @Override
  public String toString() {
    return isMissing() ? "missing" : length + " bytes of " + modified;
  }
}
