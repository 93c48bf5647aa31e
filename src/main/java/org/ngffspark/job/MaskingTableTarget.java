// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ngffspark.commit.CommitInputs;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.MetadataDraft;
import org.ngffspark.commit.MetadataEdit;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.job.Destination.Existing;
import org.ngffspark.ngff.NodeName;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.MaskingRoiTableBuilder;
import org.ngffspark.table.Tables;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.store.StorePath;

/** A masking ROI table of an image that is about to be written, as a whole or not at all. */
public final class MaskingTableTarget {
  private static final String TABLES = "tables";

  private final StorePath container;
  private final String table;
  private final String labelName;
  private final Existing existing;

  /**
   * @param table name of the table
   * @param labelName of the label image that it belongs to
   * @param existing what happens to a table that is there already
   */
  public MaskingTableTarget(ImageRef image, String table, String labelName, Existing existing) {
    this.container = image.open();
    this.table = NodeName.checked(table);
    this.labelName = labelName;
    this.existing = existing;
  }

  public StorePath container() {
    return container;
  }

  /**
   * Refuses a table that is there already, if the run does not replace it.
   *
   * @throws IllegalArgumentException if it is there
   */
  public void requireFree() {
    if (existing == Existing.REFUSE && Tables.open(container).names().contains(table)) {
      throw new IllegalArgumentException(
          "There is a table '"
              + table
              + "' in "
              + container
              + " already; replace it with --overwrite, or choose another name");
    }
  }

  /**
   * Writes the table and commits it.
   *
   * @throws IllegalArgumentException if the name is none
   */
  public void commit(ImageTransaction transaction, MaskingRois rois, WritableBackend backend) {
    MetadataDraft draft = new MetadataDraft();
    draft.copy(container, "");
    draft.copy(container, TABLES);
    Tables tables = Tables.open(draft.root());
    tables.delete(table);
    MaskingRoiTableBuilder regions = MaskingRoiTable.builder();
    for (int i = 0; i < rois.size(); i++) {
      regions.add(rois.roiAt(i));
    }
    tables.write(table, regions.build(), labelName, backend);
    List<StagedUnit> units = new ArrayList<>(draft.stageUnits(transaction));
    List<MetadataEdit> metadata =
        existing == Existing.REFUSE ? draft.edits() : draft.editsReplacing(TABLES + "/" + table);
    units.addAll(leftovers(transaction, units, metadata));
    CommitInputs inputs = CommitInputs.of(container).withMetadata(draft.read());
    transaction.commit(units, metadata, inputs);
  }

  /** Deletions of what the replaced table has and the new one has not. */
  private List<StagedUnit> leftovers(
      ImageTransaction transaction, List<StagedUnit> units, List<MetadataEdit> metadata) {
    Set<String> written = new HashSet<>();
    units.forEach(unit -> written.add(unit.key()));
    metadata.forEach(edit -> written.add(edit.key()));
    int prefix = container.key("").length();
    return container.store().list(container.child(TABLES).child(table).path()).stream()
        .map(key -> key.substring(prefix))
        .filter(key -> !written.contains(key))
        .map(transaction.stage()::delete)
        .toList();
  }
}
