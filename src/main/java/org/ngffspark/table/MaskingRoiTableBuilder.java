// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.List;
import java.util.stream.LongStream;
import org.ngffspark.roi.Roi;

/** Collects the regions of labels as numbers. Not thread-safe. */
public final class MaskingRoiTableBuilder {
  private final LongStream.Builder labels = LongStream.builder();
  private final RoiColumnsBuilder regions = new RoiColumnsBuilder();

  MaskingRoiTableBuilder() {}

  /**
   * Adds the region of a label; a region that was added for it before is replaced. Without z it
   * gets z 0 and length 1, as two-dimensional images are saved.
   *
   * @throws IllegalArgumentException if the region has no label above 0, is open on x, y or z, or
   *     names a channel
   */
  public MaskingRoiTableBuilder add(Roi roi) {
    if (roi.label().orElse(0L) <= 0) {
      throw new IllegalArgumentException(roi + " must have a label above 0");
    }
    regions.add(roi);
    labels.add(roi.label().get());
    return this;
  }

  public MaskingRoiTable build() {
    return MaskingRows.table(
        "the computed ROIs",
        LongColumn.of(MaskingRoiTable.LABEL, labels.build().toArray()),
        regions.build(),
        Table.of(List.of()));
  }
}
