// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Optional;
import org.ngffspark.roi.Roi;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.Tables;

/** The regions that a table gives to objects. */
record MaskingTable(MaskingRoiTable table) implements MaskingRois {

  /**
   * The regions of the table that is named; else of the first masking ROI table that belongs to the
   * label; empty if none does.
   */
  static Optional<MaskingRois> find(Tables tables, Masking masking) {
    if (!masking.table().isEmpty()) {
      return Optional.of(new MaskingTable(tables.maskingRoiTable(masking.table())));
    }
    return tables.findMasking(masking.label()).map(MaskingTable::new);
  }

  /** As {@link #find}; without a table the regions computed from the label image. */
  static MaskingRois rois(Tables tables, Masking masking, Label label) {
    return find(tables, masking).orElseGet(label::boxes);
  }

  @Override
  public int size() {
    return table.size();
  }

  @Override
  public long label(int index) {
    return table.label(index);
  }

  @Override
  public Roi roiAt(int index) {
    return table.roiAt(index);
  }

  @Override
  public Roi roi(long label) {
    return table.roi(label);
  }

  @Override
  public MaskingRois slice(int from, int to) {
    return new MaskingTable(table.slice(from, to));
  }
}
