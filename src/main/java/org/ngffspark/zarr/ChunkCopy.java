// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.util.Optional;
import java.util.function.Supplier;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/** Reads one whole chunk. */
final class ChunkCopy implements ChunkSink {
  private final Supplier<NdArray> memory;
  private Optional<NdArray> content = Optional.empty();

  /**
   * @param memory asked only if the chunk is stored
   */
  ChunkCopy(Supplier<NdArray> memory) {
    this.memory = memory;
  }

  /** The chunk; empty if it is not stored. */
  Optional<NdArray> content() {
    return content;
  }

  @Override
  public NdArray target(GridPosition chunk) {
    return memory.get();
  }

  @Override
  public void stored(GridPosition chunk, NdArray decoded) {
    content = Optional.of(decoded);
  }

  @Override
  public void missing(GridPosition chunk) {
    content = Optional.empty();
  }
}
