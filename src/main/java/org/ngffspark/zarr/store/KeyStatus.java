// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.Serializable;
import java.time.Instant;

/**
 * @param length bytes of the value
 * @param modified when it was last written, as precise as the store knows it
 * @param version what the store itself tells values of one key apart by, as an entity tag; empty if
 *     it has nothing better than length and time
 */
public record KeyStatus(long length, Instant modified, String version) implements Serializable {

  /** Of a store that knows length and time. */
  public KeyStatus(long length, Instant modified) {
    this(length, modified, "");
  }
}
