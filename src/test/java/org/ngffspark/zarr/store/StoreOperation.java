// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.Serializable;

/**
 * One call of a store.
 *
 * @param key what was asked for; of a move where it went, of one about many keys nothing
 */
public record StoreOperation(Kind kind, String key) implements Serializable {

  /** What was called. */
  public enum Kind {
    READ,
    READ_RANGE,
    STATUS,
    WRITE,
    WRITE_IF_ABSENT,
    CLAIM,
    WRITE_INTO,
    WRITE_IF_ABSENT_INTO,
    MOVE_INTO,
    RENAME,
    MOVE,
    COPY,
    DELETE,
    DELETE_TREE,
    SWEEP,
    LIST,
    CHECK,
    FORCE;

    /** Whether it may change what the store holds. */
    public boolean changes() {
      return compareTo(WRITE) >= 0 && compareTo(SWEEP) <= 0;
    }
  }

  @Override
  public String toString() {
    return kind + " " + key;
  }
}
