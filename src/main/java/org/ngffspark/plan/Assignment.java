// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.nd.Box;

/**
 * Which tile computes which label of one image. An inner label's box lies in one tile and is
 * written there. A crossing label's box touches several: the first of them computes it, and its
 * fragments go to all. One whose box lies outside the image has no pixel to write; it is inner to
 * the first tile, so that it is counted.
 *
 * <p>Collects labels; not safe for several threads.
 */
public final class Assignment {

  /**
   * What one tile computes.
   *
   * @param inner labels that only this tile writes
   * @param crossing labels that other tiles write as well
   */
  public record TileLabels(LabelBatch inner, LabelBatch crossing) implements Serializable {}

  private static final class Pending {
    final LabelBatch.Builder inner = new LabelBatch.Builder();
    final LabelBatch.Builder crossing = new LabelBatch.Builder();
  }

  private final TileGrid tiles;
  private final SortedMap<Integer, Pending> pending = new TreeMap<>();

  public Assignment(TileGrid tiles) {
    this.tiles = tiles;
  }

  /**
   * Adds a label.
   *
   * @param box its zoomed box in pixels of the level, over all channels that are written
   */
  public void add(long label, Roi roi, Box box) {
    List<Integer> touched = tiles.touching(box);
    int first = touched.isEmpty() ? 0 : touched.get(0);
    Pending tile = pending.computeIfAbsent(first, key -> new Pending());
    (touched.size() <= 1 ? tile.inner : tile.crossing).add(label, roi);
  }

  /** Labels by tile, for the tiles that have any. */
  public SortedMap<Integer, TileLabels> byTile() {
    SortedMap<Integer, TileLabels> result = new TreeMap<>();
    pending.forEach(
        (tile, labels) ->
            result.put(tile, new TileLabels(labels.inner.build(), labels.crossing.build())));
    return result;
  }
}
