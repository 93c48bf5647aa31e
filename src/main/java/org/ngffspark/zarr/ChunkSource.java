// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.util.Optional;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/** Where decoded chunks come from: the store, or a cache before it. */
@FunctionalInterface
public interface ChunkSource {

  /**
   * A decoded chunk of the full chunk shape; others may hold it too, so it must not be changed.
   *
   * @return empty if the chunk is not stored, so that all of it is fill value
   */
  Optional<NdArray> chunk(ZarrArray array, GridPosition chunk);
}
