// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.zarr.FillValue;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
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
    if (!place.isEmpty()) {
      new Rows(piece, place).scan(0, 0);
    }
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

  /** The rows of one piece. */
  private final class Rows {
    private final NdArray piece;
    private final Box place;
    private final Elements elements;
    private final int[] strides;
    private final long[] index;
    private long lastLabel;
    private int lastPlace;

    Rows(NdArray piece, Box place) {
      this.piece = piece;
      this.place = place;
      this.elements = Elements.of(piece.type());
      this.strides = MaskScan.strides(piece.shape());
      this.index = new long[rank];
    }

    void scan(int axis, int offset) {
      if (axis == rank - 1) {
        row(offset, offset + (int) place.length(axis));
        return;
      }
      for (int i = 0; i < place.length(axis); i++) {
        index[axis] = place.start(axis) + i;
        scan(axis + 1, offset + i * strides[axis]);
      }
    }

    private void row(int start, int end) {
      byte[] bytes = piece.bytes();
      int from = elements.firstOther(bytes, start, end, 0);
      while (from < end) {
        long label = elements.integer(bytes, from);
        int to = elements.firstOther(bytes, from, end, label);
        if (label < 0) {
          requireSigned(label);
        } else if (label > 0) {
          run(label, from - start, to - start);
        }
        from = to;
      }
    }

    private void run(long label, int from, int to) {
      if (label != lastLabel) {
        lastPlace = place(label);
        lastLabel = label;
      }
      int x = rank - 1;
      for (int axis = 0; axis < x; axis++) {
        grow(lastPlace, axis, index[axis], index[axis] + 1);
      }
      grow(lastPlace, x, place.start(x) + from, place.start(x) + to);
    }

    private void requireSigned(long label) {
      if (piece.type() == DataType.UINT64) {
        throw new FormatException(
            grid.name(), "object ids must be below 2^63, got " + Long.toUnsignedString(label));
      }
    }
  }
}
