// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.UnitContent;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/**
 * The smallest box of each object of a label image: ids above 0, all axes but the channel. Held as
 * numbers sorted by id. Immutable.
 */
public final class LabelBoxes implements MaskingRois, Serializable {
  private static final long serialVersionUID = 1L;

  private final PixelGrid grid;
  // Ascending, each once, all above 0.
  private final long[] labels;
  // For each label the first index on every axis, then the index after the last on every axis.
  private final long[] bounds;

  LabelBoxes(PixelGrid grid, long[] labels, long[] bounds) {
    this.grid = grid;
    this.labels = labels;
    this.bounds = bounds;
  }

  /** Reads every stored chunk of a label image once; of a sharded one every shard, whole. */
  static LabelBoxes of(Label label) {
    Multiscale.requireListable(label.array());
    LabelBoxScan scan = new LabelBoxScan(label.grid());
    ZarrArray array = label.array();
    NdArray content = NdArray.zeros(array.type(), array.chunks().chunk());
    for (GridPosition unit : array.writeUnits().all()) {
      UnitContent stored = array.readContent(unit);
      for (GridPosition chunk : array.chunks().touching(array.writeUnits().box(unit))) {
        scan.add(array, chunk, stored.chunk(chunk, content));
      }
    }
    return scan.boxes();
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public long label(int index) {
    return labels[index];
  }

  /** The box at that place of the ascending order, in pixels of the label image. */
  public Box boxAt(int index) {
    int rank = grid.axes().rank();
    int at = 2 * rank * index;
    return Box.of(
        Arrays.copyOfRange(bounds, at, at + rank),
        Arrays.copyOfRange(bounds, at + rank, at + 2 * rank));
  }

  /** The region in world units, named after the id. */
  @Override
  public Roi roiAt(int index) {
    Box box = boxAt(index);
    Map<AxisName, Interval> intervals = new EnumMap<>(AxisName.class);
    for (int axis = 0; axis < box.rank(); axis++) {
      AxisName name = grid.axes().name(axis);
      if (name != AxisName.C) {
        double pixel = grid.pixelSize(axis);
        intervals.put(name, Interval.of(box.start(axis) * pixel, box.length(axis) * pixel));
      }
    }
    long label = labels[index];
    return new Roi(Optional.of(Long.toString(label)), Optional.of(label), intervals);
  }

  @Override
  public Roi roi(long label) {
    int index = Arrays.binarySearch(labels, label);
    if (index < 0) {
      throw new IllegalArgumentException(
          "No object "
              + label
              + " in "
              + grid.name()
              + "; it has "
              + labels.length
              + (labels.length == 0
                  ? ""
                  : " from " + labels[0] + " to " + labels[labels.length - 1]));
    }
    return roiAt(index);
  }

  /**
   * The boxes of all parts of one label image; of objects in several parts the smallest box that
   * holds them.
   *
   * @param parts at least one
   */
  public static LabelBoxes merge(List<LabelBoxes> parts) {
    LabelBoxScan scan = new LabelBoxScan(parts.get(0).grid);
    for (LabelBoxes part : parts) {
      for (int i = 0; i < part.size(); i++) {
        scan.add(part.labels[i], part.boxAt(i));
      }
    }
    return scan.boxes();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelBoxes boxes
        && Arrays.equals(labels, boxes.labels)
        && Arrays.equals(bounds, boxes.bounds);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(labels) + Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return labels.length + " objects of " + grid.name();
  }
}
