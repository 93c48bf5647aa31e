// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.Serializable;

/**
 * The new value of one key of a container, waiting in the stage, or that the key is to go.
 *
 * @param key below the container
 * @param name below the stage; empty if the key is to be deleted
 * @param length bytes
 * @param crc32c checksum of the bytes
 * @param middle checksum of the {@link #MIDDLE} bytes in their middle, of all if they are fewer
 */
public record StagedUnit(String key, String name, long length, int crc32c, int middle)
    implements Serializable {
  /** How many bytes the middle of a longer value has. */
  public static final int MIDDLE = 4096;

  /** A unit that the commit deletes, because all of it is fill value. */
  public static StagedUnit deletion(String key) {
    return new StagedUnit(key, "", 0, 0, 0);
  }

  /** Whether the key is to go. */
  public boolean isDeletion() {
    return name.isEmpty();
  }
}
