// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import org.ngffspark.chunks.ChunkPool;

/**
 * What the tasks of one executor share. It is broadcast, so each executor has one; its memory is
 * its own and does not travel.
 */
final class ExecutorMemory implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long poolBytes;
  private transient ChunkPool pool;

  ExecutorMemory(long poolBytes) {
    this.poolBytes = poolBytes;
  }

  synchronized ChunkPool pool() {
    if (pool == null) {
      pool = new ChunkPool(poolBytes);
    }
    return pool;
  }
}
