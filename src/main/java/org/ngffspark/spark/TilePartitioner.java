// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.Arrays;
import org.apache.spark.Partitioner;
import org.ngffspark.job.TileKey;

/** Gives every tile of every image a partition of its own, so that one task alone writes it. */
final class TilePartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  // First partition of each image, and the number of all partitions.
  private final int[] offsets;

  /**
   * @param tiles number of tiles of each image
   */
  TilePartitioner(int[] tiles) {
    offsets = new int[tiles.length + 1];
    for (int image = 0; image < tiles.length; image++) {
      offsets[image + 1] = Math.addExact(offsets[image], tiles[image]);
    }
  }

  @Override
  public int numPartitions() {
    return offsets[offsets.length - 1];
  }

  @Override
  public int getPartition(Object key) {
    TileKey tile = (TileKey) key;
    return offsets[tile.image()] + tile.tile();
  }

  TileKey key(int partition) {
    int found = Arrays.binarySearch(offsets, partition);
    int image = found >= 0 ? found : -found - 2;
    return new TileKey(image, partition - offsets[image]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TilePartitioner partitioner
        && Arrays.equals(offsets, partitioner.offsets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(offsets);
  }
}
