// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.image.LabelBoxScan;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.GridPosition;

/** Finds the boxes of the objects in a part of a label image. */
public final class ScanTask {
  private final List<GridPosition> units;

  /**
   * @param units positions in the grid of the label image's write units
   */
  public ScanTask(List<GridPosition> units) {
    this.units = List.copyOf(units);
  }

  /**
   * What was found.
   *
   * @param result what was read
   */
  public record Scanned<V>(LabelBoxes boxes, TaskResult<V> result) implements Serializable {}

  /** Holds the chunks of one write unit at a time. */
  public <V> Scanned<V> run(OpenedImage image) {
    ZarrArray array = image.label().array();
    List<LabelBoxes> found = new ArrayList<>();
    for (GridPosition unit : units) {
      try (TaskChunks labels = image.chunks(array)) {
        found.add(scan(image, unit, labels));
      }
    }
    return new Scanned<>(merged(image, found), image.counted(TaskResult.nothing()));
  }

  /** The boxes of all objects of an image, whose chunks the image then holds. */
  static LabelBoxes all(OpenedImage image) {
    List<LabelBoxes> found = new ArrayList<>();
    for (GridPosition unit : image.label().array().writeUnits().all()) {
      found.add(scan(image, unit, image.labelChunks()));
    }
    return merged(image, found);
  }

  private static LabelBoxes scan(OpenedImage image, GridPosition unit, TaskChunks labels) {
    LabelBoxScan scan = new LabelBoxScan(image.label().grid());
    ZarrArray array = labels.array();
    for (GridPosition chunk : array.chunks().touching(array.writeUnits().box(unit))) {
      scan.add(array, chunk, labels.chunk(array, chunk));
    }
    LabelBoxes found = scan.boxes();
    if (image.showsMasks()) {
      SampledLabels.masks(image).take(found, labels);
    }
    return found;
  }

  private static LabelBoxes merged(OpenedImage image, List<LabelBoxes> found) {
    return found.isEmpty()
        ? new LabelBoxScan(image.label().grid()).boxes()
        : LabelBoxes.merge(found);
  }
}
