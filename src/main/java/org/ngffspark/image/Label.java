// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;

/** One level of a label image: each pixel holds the id of the object it belongs to, or 0. */
public final class Label extends ImageLevel {
  private final String name;

  Label(ImageNode node, int level, String name) {
    super(node, level, "label " + name);
    this.name = name;
  }

  /** The name in the container's list of labels. */
  public String name() {
    return name;
  }

  @Override
  SelectedChannels select(ChannelSelection selection) {
    if (!selection.isAll()) {
      throw new IllegalArgumentException(
          grid().name() + " is a label image and has no channels to choose, got " + selection);
    }
    OptionalInt axis = axes().index(AxisName.C);
    int count = axis.isPresent() ? (int) shape().get(axis.getAsInt()) : 1;
    return new SelectedChannels(axis, IntStream.range(0, count).toArray());
  }

  @Override
  List<String> channelNames(int[] indices) {
    return List.of();
  }

  /**
   * A short name for the state of this level, which a table of its objects keeps, so that a later
   * run can tell that the level was changed. It is made of the keys and lengths of the stored
   * chunks, as they are now, and of no times: a copy has the same one. Where all chunks have one
   * length whatever they hold, as without compression, their bytes count too, and are read.
   */
  public String fingerprint() {
    return LabelFingerprint.of(array());
  }

  /**
   * Where objects may lie if they lie in some write units alone: a region for each of these, named
   * by its place in their order, from 1.
   *
   * @param units positions in the grid of write units
   */
  public LabelBoxes regions(Collection<GridPosition> units) {
    LabelBoxScan regions = new LabelBoxScan(grid());
    ChunkGrid all = array().writeUnits();
    long place = 0;
    for (GridPosition unit : units) {
      place++;
      regions.add(place, all.box(unit));
    }
    return regions.boxes();
  }

  /** The boxes of all objects, found in one pass over the stored chunks. */
  public LabelBoxes boxes() {
    return LabelBoxes.of(this);
  }
}
