// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.ngffspark.plan.Assignment;
import org.ngffspark.plan.Assignment.Crossing;
import org.ngffspark.plan.Assignment.TileLabels;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.roi.Roi;
import org.ngffspark.roi.UnusableRegion;

/** Those objects of an image that a run takes. */
final class TakenObjects {
  private final ObjectChoice choice;
  private final MaskingRois rois;

  /**
   * @param rois of all objects of the image
   * @throws IllegalArgumentException if an id that was named by itself is not there: that is a
   *     mistake, not an empty selection
   */
  TakenObjects(ObjectChoice choice, MaskingRois rois) {
    this.choice = choice;
    this.rois = rois;
    Set<Long> unusable = new HashSet<>();
    rois.unusable().forEach(region -> unusable.add(region.label()));
    choice.labels().named().filter(label -> !unusable.contains(label)).forEach(rois::roi);
  }

  private boolean isTaken(int index) {
    return choice.labels().contains(rois.label(index));
  }

  Optional<String> fingerprint() {
    return rois.fingerprint();
  }

  long count() {
    long count = 0;
    for (int i = 0; i < rois.size(); i++) {
      count += isTaken(i) ? 1 : 0;
    }
    return count;
  }

  /** Those whose regions are not known, ascending by id; they are in no batch. */
  List<UnusableRegion> unusable() {
    return rois.unusable().stream()
        .filter(region -> choice.labels().contains(region.label()))
        .toList();
  }

  /** All of them. */
  LabelBatch batch() {
    LabelBatch.Builder builder = new LabelBatch.Builder();
    for (int i = 0; i < rois.size(); i++) {
      if (isTaken(i)) {
        builder.add(rois.label(i), rois.roiAt(i));
      }
    }
    return builder.build();
  }

  /**
   * Which tile computes which of them.
   *
   * @param grid of the level that is cut into tiles
   */
  SortedMap<Integer, TileLabels> byTile(TileGrid tiles, PixelGrid grid, Crossing crossing) {
    Assignment assignment = new Assignment(tiles, crossing);
    for (int i = 0; i < rois.size(); i++) {
      if (isTaken(i)) {
        Roi roi = rois.roiAt(i);
        assignment.add(rois.label(i), roi, roi.grow(choice.growth(), grid.pixelSize()).toBox(grid));
      }
    }
    return assignment.byTile();
  }
}
