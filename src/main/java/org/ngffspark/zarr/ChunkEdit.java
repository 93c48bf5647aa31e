// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/** Changes the part of one chunk that lies in a box; see {@link ZarrArray#modify}. */
@FunctionalInterface
public interface ChunkEdit {

  /**
   * @param chunk the content to change, of the full chunk shape
   * @param local the box's part of this chunk, in the chunk's coordinates
   * @param inBox the same part, in coordinates of the box
   */
  void apply(NdArray chunk, Box local, Box inBox);
}
