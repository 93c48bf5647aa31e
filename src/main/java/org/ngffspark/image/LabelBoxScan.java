// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.zarr.FillValue;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.Elements;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

/**
 * Collects the boxes of objects from pieces of a label image, in any order. Works by runs of equal
 * ids along x: what is looked up is the run, not the pixel. Not safe for several threads.
 */
public final class LabelBoxScan {
  private final PixelGrid grid;
  private final int rank;
  private final LongIndex ids = new LongIndex();
  private long[] bounds = new long[64];
  // Of the last run, for neighbouring runs are mostly of one object.
  private long lastLabel;
  private int lastPlace;

  /**
   * @param grid of the label image
   */
  public LabelBoxScan(PixelGrid grid) {
    this.grid = grid;
    this.rank = grid.axes().rank();
  }

  /**
   * Adds the pixels of a piece.
   *
   * @param piece label ids of any integer type; may be larger than {@code place}, as chunks at the
   *     border are
   * @param place where the piece lies in the label image, from the piece's first pixel
   * @throws FormatException if an id does not fit into 63 bits
   */
  public void add(NdArray piece, Box place) {
    LabelRuns.forEach(piece, place, place, grid.name(), this::addRun);
  }

  /**
   * Adds a chunk.
   *
   * @param array the label image
   * @param ids decoded; empty if the chunk is not stored, so that all of it is the fill value
   * @throws FormatException if an id does not fit into 63 bits
   */
  public void add(ZarrArray array, GridPosition chunk, Optional<NdArray> ids) {
    Box place = array.chunks().box(chunk);
    ids.ifPresentOrElse(
        stored -> add(stored, place), () -> addMissing(array.metadata().fill(), place));
  }

  private void addMissing(FillValue fill, Box place) {
    if (fill.bits() == 0 || place.isEmpty()) {
      return;
    }
    long[] ones = new long[rank];
    Arrays.fill(ones, 1);
    NdArray pixel = NdArray.zeros(fill.type(), Shape.of(ones));
    pixel.fill(fill.bits());
    Box first = Box.whole(pixel.shape()).within(place);
    add(pixel, first);
    long label = Elements.of(fill.type()).integer(pixel.bytes(), 0);
    if (label > 0) {
      add(label, place);
    }
  }

  /** Adds a box to that of an object. */
  void add(long label, Box box) {
    int at = place(label);
    for (int axis = 0; axis < rank; axis++) {
      grow(at, axis, box.start(axis), box.stop(axis));
    }
  }

  /** Where the bounds of an object lie; made on first use. */
  private int place(long label) {
    int known = ids.size();
    int width = 2 * rank;
    int at = width * ids.indexOf(label);
    if (ids.size() > known) {
      if (at + width > bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * (at + width));
      }
      Arrays.fill(bounds, at, at + rank, Long.MAX_VALUE);
    }
    return at;
  }

  private void grow(int at, int axis, long start, long stop) {
    bounds[at + axis] = Math.min(bounds[at + axis], start);
    bounds[at + rank + axis] = Math.max(bounds[at + rank + axis], stop);
  }

  /** What was found so far. */
  public LabelBoxes boxes() {
    long[] labels = ids.keys();
    int[] order =
        IntStream.range(0, labels.length)
            .boxed()
            .sorted((a, b) -> Long.compare(labels[a], labels[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    int width = 2 * rank;
    long[] sorted = new long[width * order.length];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(bounds, width * order[i], sorted, width * i, width);
    }
    return new LabelBoxes(grid, Arrays.stream(order).mapToLong(i -> labels[i]).toArray(), sorted);
  }

  private void addRun(long label, long[] row, long from, long to) {
    if (label != lastLabel) {
      lastPlace = place(label);
      lastLabel = label;
    }
    int x = rank - 1;
    for (int axis = 0; axis < x; axis++) {
      grow(lastPlace, axis, row[axis], row[axis] + 1);
    }
    grow(lastPlace, x, from, to);
  }
}
