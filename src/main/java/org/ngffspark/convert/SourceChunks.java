// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.Shape;

/**
 * The chunks of an array as they lie in a box of it. Pure function of its parts.
 *
 * @param box in the array
 * @param chunk lengths of a chunk; the first one begins where the array does
 */
record SourceChunks(Box box, Shape chunk) {

  static SourceChunks of(ChunkGrid grid) {
    return new SourceChunks(Box.whole(grid.array()), grid.chunk());
  }

  /** How many chunks a range of the box touches on an axis. */
  long touched(int axis, long from, long to) {
    long length = chunk.get(axis);
    long start = box.start(axis);
    return (start + to - 1) / length - (start + from) / length + 1;
  }

  /** How many chunks hold pixels of the box. */
  long count() {
    long count = 1;
    for (int axis = 0; axis < box.rank(); axis++) {
      count *= box.length(axis) == 0 ? 0 : touched(axis, 0, box.length(axis));
    }
    return count;
  }

  /**
   * The least multiple of a length, from the start of the box on, that splits no chunk; {@code
   * whole} if there is none below that.
   */
  long aligned(int axis, long length, long whole) {
    long size = chunk.get(axis);
    long multiple = box.start(axis) % size == 0 ? size / gcd(size, length) : whole;
    return multiple > whole / length ? whole : multiple * length;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
