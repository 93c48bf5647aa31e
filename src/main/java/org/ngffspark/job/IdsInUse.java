// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.commit.InputState;
import org.ngffspark.image.Label;
import org.ngffspark.image.LabelBoxScan;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * The ids that objects of an image have, before new ones are made.
 *
 * @param largest of them; 0 if no ids are made
 * @param read what was read to find it, as it was just before: at the commit it must be so still,
 *     else an id that was made may have been given by somebody else meanwhile
 */
public record IdsInUse(long largest, List<InputState> read) implements Serializable {
  /** Of a run that makes no ids. */
  public static final IdsInUse NONE = new IdsInUse(0, List.of());

  public IdsInUse {
    read = List.copyOf(read);
  }

  /**
   * Those in the finest level of the label image that is changed and of the one that masks it,
   * which are read wholly, a write unit at a time, and in the table of regions.
   *
   * @return with a largest id of 1 or more
   */
  static IdsInUse of(OpenedImage image, Optional<MaskingRois> table) {
    Set<String> names = new LinkedHashSet<>();
    names.add(image.label().name());
    if (image.level() instanceof Label changed) {
      names.add(changed.name());
    }
    long largest = 1;
    for (String name : names) {
      largest = Math.max(largest, largest(image, image.container().label(name)));
    }
    for (int i = 0; i < table.map(MaskingRois::size).orElse(0); i++) {
      largest = Math.max(largest, table.get().label(i));
    }
    return new IdsInUse(largest, image.counted(TaskResult.of(List.of(), WorkCount.NONE)).inputs());
  }

  private static long largest(OpenedImage image, Label label) {
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
