// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/** Takes the chunks of a read as they come; their order is that of the store. */
interface ChunkSink {

  /** Where the chunk is to be decoded to, of the full chunk shape. */
  NdArray target(GridPosition chunk);

  /**
   * How many elements of the chunk are looked at, from its first one on; all, unless it is said.
   */
  default int needed(GridPosition chunk, NdArray target) {
    return (int) target.shape().elements();
  }

  /** The chunk now is in what {@link #target} gave. */
  void stored(GridPosition chunk, NdArray content);

  /** The chunk is not stored: all of it is fill value. */
  void missing(GridPosition chunk);
}
