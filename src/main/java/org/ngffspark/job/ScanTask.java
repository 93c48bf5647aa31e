// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
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
    LabelBoxScan scan = new LabelBoxScan(image.label().grid());
    ZarrArray array = image.label().array();
    for (GridPosition unit : units) {
      try (TaskChunks labels = image.chunks(array)) {
        scan(scan, labels, array.chunks().touching(array.writeUnits().box(unit)));
      }
    }
    return new Scanned<>(scan.boxes(), image.counted(TaskResult.nothing()));
  }

  /** The boxes of all objects of an image, whose chunks the image then holds. */
  static LabelBoxes all(OpenedImage image) {
    LabelBoxScan scan = new LabelBoxScan(image.label().grid());
    scan(scan, image.labelChunks(), image.label().array().chunks().all());
    return scan.boxes();
  }

  private static void scan(LabelBoxScan scan, TaskChunks labels, List<GridPosition> chunks) {
    ZarrArray array = labels.array();
    chunks.forEach(chunk -> scan.add(array, chunk, labels.chunk(array, chunk)));
  }
}
