// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.util.Optional;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Takes the pixels of a box chunk by chunk, as they are decoded, in the order of the store. A chunk
 * of a shard comes again if a writer of this JVM came between: the last one counts. Boxes are in
 * elements of the array.
 */
public interface BoxTarget {

  /**
   * Memory of the array's type for a whole chunk, which is decoded right into it and not pasted;
   * empty to get it by {@link #paste}.
   *
   * @param place of the chunk; it may reach outside the box, and over the end of the array
   */
  Optional<NdArray> memory(Box place);

  /**
   * Takes a part of a chunk.
   *
   * @param place of that part, inside the box
   * @param chunk valid during the call only
   * @param part of the chunk, in its elements
   */
  void paste(Box place, NdArray chunk, Box part);

  /**
   * Takes a part of a chunk that is not stored.
   *
   * @param place of that part, inside the box
   * @param bits of the fill value, in the low bytes
   */
  void fill(Box place, long bits);
}
