// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What was read of a key, and how the key was just before or at that moment: if its status is the
 * same later, what was read is still what lies there.
 *
 * @param status empty if there was no such key
 * @param value the bytes that were asked for; empty if there was no such key
 */
public record SeenValue(Optional<KeyStatus> status, Optional<ByteBuffer> value) {
  /** There is no such key. */
  public static final SeenValue MISSING = new SeenValue(Optional.empty(), Optional.empty());
}
