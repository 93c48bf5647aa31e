// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ngffspark.image.LabelRuns;
import org.ngffspark.image.LongIndex;
import org.ngffspark.image.Mask;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Collects the pixels of objects in one tile of an image, as runs along x. An axis that the label
 * image lacks, or along which it is one pixel long, holds for the whole axis of the tile. Not safe
 * for several threads.
 */
public final class ObjectScan {
  private final MeasuredImage image;
  private final Box tile;
  private final Wanted wanted;
  // For each time point of the tile the labels, and the number of the object of each.
  private final List<LongIndex> labels = new ArrayList<>();
  private final List<int[]> numbers = new ArrayList<>();
  private int objects;
  private final FoundRuns runs = new FoundRuns();

  /** Chooses objects. */
  @FunctionalInterface
  public interface Wanted {
    /**
     * @param time index of the time point
     */
    boolean test(int time, long label);
  }

  /**
   * @param axes of the image
   * @param tile in pixels of the image, in the order of {@code axes}
   * @param wanted which objects are collected
   */
  public ObjectScan(MeasuredImage image, Axes axes, Box tile, Wanted wanted) {
    this.image = image;
    this.tile = TileBox.of(axes, tile);
    this.wanted = wanted;
    for (long t = 0; t < this.tile.length(TileBox.T); t++) {
      labels.add(new LongIndex());
      numbers.add(new int[16]);
    }
  }

  /**
   * Adds a piece of a label image that has the image's pixels; what lies outside the tile is left
   * out.
   *
   * @param grid of the label image
   * @param ids may be larger than {@code place}, as chunks at the border are
   * @param place where the piece lies in the label image, from the piece's first pixel
   * @throws org.ngffspark.zarr.store.FormatException if an id does not fit into 63 bits
   */
  public void add(PixelGrid grid, NdArray ids, Box place) {
    LabelTile part = new LabelTile(grid, place);
    LabelRuns.forEach(ids, place, part.box, grid.name(), part::run);
  }

  /**
   * Adds a chunk of a label image that is not stored, so that all of it is one id.
   *
   * @param label the fill value
   */
  public void addFilled(PixelGrid grid, long label, Box place) {
    LabelTile part = new LabelTile(grid, place);
    if (label > 0 && !part.box.isEmpty()) {
      part.fill(label, 0, new long[place.rank()]);
    }
  }

  /**
   * Adds an object whose mask is known.
   *
   * @param axes of the mask
   * @param box where the mask lies in the image, in the order of {@code axes}
   * @param mask over the shape of {@code box}; 1 long along the channels
   */
  public void add(long label, Axes axes, Box box, Mask mask) {
    Box place = TileBox.of(axes, box);
    if (mask.shape().elements() != place.shape().elements()) {
      throw new IllegalArgumentException(
          "A mask over " + mask.shape() + " does not fit the box " + box);
    }
    int width = (int) place.length(TileBox.X);
    mask.forEachRun(
        (start, length) -> {
          int end = start + length;
          for (int from = start; from < end; from = (from / width + 1) * width) {
            int to = Math.min(end, (from / width + 1) * width);
            addRow(label, place, from / width, from % width, to - from);
          }
        });
  }

  private void addRow(long label, Box place, int row, int x, int length) {
    long y = row % place.length(TileBox.Y);
    long plane = row / place.length(TileBox.Y);
    addRun(
        label,
        place.start(TileBox.T) + plane / place.length(TileBox.Z),
        place.start(TileBox.Z) + plane % place.length(TileBox.Z),
        place.start(TileBox.Y) + y,
        place.start(TileBox.X) + x,
        length);
  }

  /** The part of a piece of the label image that lies in the tile. */
  private final class LabelTile {
    private final Box box;
    // Where t, z, y, x stand in the label image; -1 if one pixel holds for the whole axis.
    private final int[] at = new int[TileBox.axes()];

    LabelTile(PixelGrid grid, Box place) {
      Axes axes = grid.axes();
      requireOneChannel(grid);
      Box cut = place;
      for (int i = 0; i < at.length; i++) {
        int axis = axes.index(TileBox.axis(i)).orElse(-1);
        boolean broadcasts = axis < 0 || grid.shape().get(axis) == 1 && axis < axes.rank() - 2;
        at[i] = broadcasts ? -1 : axis;
        if (!broadcasts) {
          long start = Math.max(place.start(axis), tile.start(i));
          cut = cut.with(axis, start, Math.max(start, Math.min(place.stop(axis), tile.stop(i))));
        }
      }
      this.box = cut;
    }

    void run(long label, long[] row, long from, long to) {
      long y = row[at[TileBox.Y]];
      for (long t = first(TileBox.T, row); t < end(TileBox.T, row); t++) {
        for (long z = first(TileBox.Z, row); z < end(TileBox.Z, row); z++) {
          addRun(label, t, z, y, from, to - from);
        }
      }
    }

    private long first(int axis, long[] row) {
      return at[axis] < 0 ? tile.start(axis) : row[at[axis]];
    }

    private long end(int axis, long[] row) {
      return at[axis] < 0 ? tile.stop(axis) : row[at[axis]] + 1;
    }

    void fill(long label, int axis, long[] row) {
      if (axis == row.length - 1) {
        run(label, row, box.start(axis), box.stop(axis));
        return;
      }
      for (row[axis] = box.start(axis); row[axis] < box.stop(axis); row[axis]++) {
        fill(label, axis + 1, row);
      }
    }
  }

  private static void requireOneChannel(PixelGrid grid) {
    int axis = grid.axes().index(AxisName.C).orElse(-1);
    if (axis >= 0 && grid.shape().get(axis) > 1) {
      throw new IllegalArgumentException(
          grid.name()
              + " has "
              + grid.shape().get(axis)
              + " channels; objects are measured with a label image of one");
    }
  }

  private void addRun(long label, long t, long z, long y, long x, long length) {
    if (!wanted.test((int) t, label)) {
      return;
    }
    int object = owner(label, (int) (t - tile.start(TileBox.T)));
    runs.add(object, (int) z, (int) y, (int) x, (int) length);
  }

  private int owner(long label, int time) {
    LongIndex known = labels.get(time);
    int before = known.size();
    int index = known.indexOf(label);
    int[] owned = numbers.get(time);
    if (known.size() > before) {
      if (index == owned.length) {
        owned = Arrays.copyOf(owned, 2 * index);
        numbers.set(time, owned);
      }
      owned[index] = objects++;
    }
    return owned[index];
  }

  /** What was found, ascending by time and label. */
  public ObjectParts parts() {
    long[] byNumber = new long[objects];
    int[] times = new int[objects];
    for (int time = 0; time < labels.size(); time++) {
      long[] keys = labels.get(time).keys();
      for (int index = 0; index < keys.length; index++) {
        int number = numbers.get(time)[index];
        byNumber[number] = keys[index];
        times[number] = time + (int) tile.start(TileBox.T);
      }
    }
    return ObjectParts.of(image, byNumber, times, runs);
  }
}
