// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;

/**
 * How often the chunks of arrays are read, as a plan tells it.
 *
 * @param chunks that there are, stored or not
 * @param reads of all of them together
 */
public record ChunkReads(long chunks, long reads) implements Serializable {

  /** Of tasks whose plan does not tell it. */
  public static final ChunkReads NONE = new ChunkReads(0, 0);

  public ChunkReads plus(ChunkReads other) {
    return new ChunkReads(chunks + other.chunks, reads + other.reads);
  }
}
