// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ids of the parts that the clumps of one time point are split into: in the order of first
 * pixels, those that are too small left out.
 *
 * @param ofClumps by number of the clump the ids of its parts in their order; 0 for none
 * @param objects number of ids
 */
record PartIds(Map<Long, long[]> ofClumps, int objects) {

  /** One part of a clump. */
  private record Part(long clump, int number, long first) {}

  /**
   * @param tiles of one time point
   * @param minSize parts with fewer pixels have no id
   * @param before number of ids that are given already
   */
  static PartIds of(List<TileParts> tiles, long minSize, long before) {
    Map<Long, Integer> counts = new HashMap<>();
    List<Part> parts = new ArrayList<>();
    for (TileParts tile : tiles) {
      for (int row = 0; row < tile.clumps().length; row++) {
        long clump = tile.clumps()[row];
        int number = counts.merge(clump, 1, Integer::sum);
        if (tile.pixels()[row] >= minSize) {
          parts.add(new Part(clump, number, tile.first()[row]));
        }
      }
    }
    parts.sort(Comparator.comparingLong(Part::first));
    Map<Long, long[]> ids = new HashMap<>();
    counts.forEach((clump, count) -> ids.put(clump, new long[count]));
    long next = before;
    for (Part part : parts) {
      ids.get(part.clump)[part.number - 1] = ++next;
    }
    return new PartIds(ids, parts.size());
  }

  /** Those of the clumps of a tile. */
  Map<Long, long[]> in(TileClumps tile) {
    Map<Long, long[]> own = new HashMap<>();
    for (long clump : tile.ofRegions()) {
      if (ofClumps.containsKey(clump)) {
        own.put(clump, ofClumps.get(clump));
      }
    }
    return own;
  }
}
