// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.nd.Box;

/**
 * Which tile computes which label of one image. An inner label's box lies in one tile. A crossing
 * label's box touches several: the first of them computes it, or each its part. One whose box lies
 * outside the image has no pixel to write; it is inner to the first tile, so that it is counted.
 *
 * <p>Collects labels; not safe for several threads.
 */
public final class Assignment {
  /** The tiles that get labels whose boxes lie in several. */
  public enum Crossing {
    /** The first of them. */
    FIRST_TILE,
    /** Each of them. */
    EVERY_TILE
  }

  /**
   * What one tile computes.
   *
   * @param inner labels whose boxes lie in this tile alone
   * @param crossing labels whose boxes lie in other tiles as well
   */
  public record TileLabels(LabelBatch inner, LabelBatch crossing) implements Serializable {}

  private static final class Pending {
    final LabelBatch.Builder inner = new LabelBatch.Builder();
    final LabelBatch.Builder crossing = new LabelBatch.Builder();
  }

  private final TileGrid tiles;
  private final Crossing crossing;
  private final SortedMap<Integer, Pending> pending = new TreeMap<>();

  public Assignment(TileGrid tiles, Crossing crossing) {
    this.tiles = tiles;
    this.crossing = crossing;
  }

  /**
   * Adds a label.
   *
   * @param box its zoomed box in pixels of the level, over all channels that are written
   */
  public void add(long label, Roi roi, Box box) {
    List<Integer> touched = tiles.touching(box);
    if (touched.size() <= 1) {
      pending(touched.isEmpty() ? 0 : touched.get(0)).inner.add(label, roi);
      return;
    }
    int count = crossing == Crossing.EVERY_TILE ? touched.size() : 1;
    touched.subList(0, count).forEach(tile -> pending(tile).crossing.add(label, roi));
  }

  private Pending pending(int tile) {
    return pending.computeIfAbsent(tile, key -> new Pending());
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
