// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which clump each region of a tile belongs to. A clump is what is connected in the whole image,
 * before it is split.
 *
 * @param ofRegions by number of the region above, then of the region below; 0 for none
 * @param spanning clumps of the tile that lie in other tiles too
 */
record TileClumps(long[] ofRegions, List<Spanning> spanning) implements Serializable {
  TileClumps {
    spanning = List.copyOf(spanning);
  }

  /**
   * A clump that lies in several tiles.
   *
   * @param clump its number
   * @param box around it, in pixels of the image
   * @param first number of its first pixel in C order of the image
   */
  record Spanning(long clump, ImageBox box, long first) implements Serializable {}

  /** The clump of a region, 0 for none. */
  long of(int region, TileRegions regions) {
    return ofRegions[regions.index(region)];
  }

  /** The numbers of those that lie in other tiles too. */
  Set<Long> numbersOfSpanning() {
    Set<Long> numbers = new HashSet<>();
    spanning.forEach(each -> numbers.add(each.clump()));
    return numbers;
  }
}
