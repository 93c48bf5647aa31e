// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * What object stores can do besides a {@link Store}'s operations, for writers that must not meet:
 * create a key that only one of them can create, replace one that nobody else has replaced since,
 * and tell how long ago that was.
 */
public interface StoreConditions {

  /**
   * A value as it was seen.
   *
   * @param value its bytes
   * @param version of this value, never that of an earlier or later one of the same key
   * @param age time since it was written, by the store's own clock
   */
  record Seen(ByteBuffer value, String version, Duration age) {}

  /** What is there; empty if nothing is. */
  Optional<Seen> look(String key);

  /**
   * Writes a value if there is none. Of several callers at once, on any machine, one succeeds; one
   * that finds the very value that it brings counts as its writer, for it may have been: the answer
   * to its first try got lost. So callers must bring values that differ.
   *
   * @return whether this call, or the same one before, wrote it
   */
  boolean create(String key, ByteBuffer value);

  /**
   * Writes a value in place of one that was seen. Servers that do not know conditional replacement
   * write it whatever is there.
   *
   * @return whether the value was still there; if not, nothing was written, unless by this call
   *     itself: the answer to its first try may have got lost
   */
  boolean replace(String key, String version, ByteBuffer value);

  /**
   * Removes a value that was seen; nothing happens if it is not there any more. Stores that do not
   * know conditional deletion look first: a caller who is held up between the two removes what has
   * come since.
   */
  void remove(String key, String version);
}
