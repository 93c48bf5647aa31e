// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/** What an update has made of one chunk of its unit. */
sealed interface Slot {

  /** Whose memory a chunk's content is. */
  enum Owner {
    BUFFERS,
    CALLER
  }

  /** Decoded, still changing. */
  record Changed(GridPosition chunk, NdArray content, Owner owner) implements Slot {}

  /** Encoded, in the arena of the update's buffers. */
  record Encoded(int start, int length) implements Slot {
    /** All fill value: not stored. */
    static final Encoded EMPTY = new Encoded(0, -1);

    boolean isEmpty() {
      return length < 0;
    }
  }
}
