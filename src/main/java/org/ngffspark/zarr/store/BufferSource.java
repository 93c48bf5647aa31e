// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.nio.ByteBuffer;

/**
 * Where a store puts what it reads: lets callers reuse memory and refuse lengths that are absurd.
 */
@FunctionalInterface
public interface BufferSource {

  /**
   * A heap buffer whose backing array starts at offset 0, position 0 and limit {@code length}.
   *
   * @param length bytes that are about to be read
   */
  ByteBuffer take(long length);

  /** New buffers of the exact length. */
  static BufferSource heap() {
    return length -> ByteBuffer.allocate(Math.toIntExact(length));
  }
}
