// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.features;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.StorePath;

/**
 * Decoded chunks of an image and its label image, each held until the next one of the same array is
 * asked for, unless its array is kept. Not safe for several threads.
 */
final class PassingChunks implements ChunkSource, AutoCloseable {
  private final OpenedImage image;
  private final Map<StorePath, TaskChunks> arrays = new HashMap<>();
  private final Map<StorePath, GridPosition> held = new HashMap<>();
  private final Set<StorePath> kept = new HashSet<>();

  PassingChunks(OpenedImage image) {
    this.image = image;
  }

  /** Holds all chunks of an array from now on. */
  PassingChunks keeping(ZarrArray array) {
    kept.add(array.path());
    return this;
  }

  @Override
  public Optional<NdArray> chunk(ZarrArray array, GridPosition chunk) {
    TaskChunks chunks = arrays.computeIfAbsent(array.path(), none -> image.chunks(array));
    if (!kept.contains(array.path())) {
      Optional.ofNullable(held.put(array.path(), chunk))
          .filter(before -> !before.equals(chunk))
          .ifPresent(chunks::drop);
    }
    return chunks.chunk(array, chunk);
  }

  /** Gives the memory back; what came from here must not be used any more. */
  @Override
  public void close() {
    arrays.values().forEach(TaskChunks::close);
  }
}
