// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.List;

/**
 * Which object, or clump that is to be split, each region of each tile belongs to.
 *
 * @param tiles in their order
 * @param objects number of objects
 */
record JoinedRegions(List<TileClumps> tiles, int objects) {
  JoinedRegions {
    tiles = List.copyOf(tiles);
  }
}
