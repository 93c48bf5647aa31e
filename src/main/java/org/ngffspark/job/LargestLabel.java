// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.image.Label;
import org.ngffspark.image.LabelBoxScan;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.GridPosition;

/** Finds the largest id that objects of an image have, before new ones are made. */
final class LargestLabel {
  private LargestLabel() {}

  /**
   * The largest id in the finest level of the label image that is changed and of the one that masks
   * it, which are read wholly, a write unit at a time, and in the table of regions.
   *
   * @return 1 or more
   */
  static long of(OpenedImage image, Optional<MaskingRois> table) {
    Set<String> names = new LinkedHashSet<>();
    names.add(image.label().name());
    if (image.level() instanceof Label changed) {
      names.add(changed.name());
    }
    long largest = 1;
    for (String name : names) {
      largest = Math.max(largest, of(image, image.container().label(name)));
    }
    for (int i = 0; i < table.map(MaskingRois::size).orElse(0); i++) {
      largest = Math.max(largest, table.get().label(i));
    }
    return largest;
  }

  private static long of(OpenedImage image, Label label) {
    LabelBoxScan scan = new LabelBoxScan(label.grid());
    ZarrArray array = label.array();
    for (GridPosition unit : array.writeUnits().all()) {
      try (TaskChunks chunks = image.chunks(array)) {
        array
            .chunks()
            .touching(array.writeUnits().box(unit))
            .forEach(chunk -> scan.add(array, chunk, chunks.chunk(array, chunk)));
      }
    }
    long largest = 0;
    for (long id : scan.boxes().labels()) {
      largest = Math.max(largest, id);
    }
    return largest;
  }
}
