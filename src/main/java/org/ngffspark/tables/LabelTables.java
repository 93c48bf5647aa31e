// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.tables;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.commit.Stage;
import org.ngffspark.image.Label;
import org.ngffspark.job.ContainerTarget.Change;
import org.ngffspark.job.Existing;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.Tables;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/**
 * The tables of a label image that changes. Masking ROI tables follow it in the same commit; all
 * others bear from then on that they are older, so that later runs see it.
 *
 * @param container that has the tables
 * @param labelName the label image
 */
public record LabelTables(StorePath container, String labelName) {

  /** Their names in the order of the list. */
  public List<String> names() {
    return Tables.open(container).ofLabel(labelName);
  }

  /**
   * What has to be committed with the label image so that its masking ROI tables follow it.
   *
   * @param stage takes their files
   * @param changed the label image as it will be
   */
  public Change followed(Stage stage, Label changed) {
    MaskingRoiTable regions = MaskingRoiTable.of(changed.boxes()).madeOf(changed.fingerprint());
    List<Change> changes = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (String name : names()) {
      TableChange change = new TableChange(container, name, Existing.REPLACE);
      if (isRewritable(name)) {
        changes.add(change.rewrite(stage, regions));
      } else {
        left.add(name);
        changes.add(change.setOlder());
      }
    }
    return together(changes, left);
  }

  /** What has to be committed with the label image if no table is to follow it. */
  public Change left() {
    return left(names());
  }

  /**
   * What has to be committed with the label image if one table is made anew with it, and no other
   * is to follow.
   *
   * @param made name of that table
   */
  public Change leftBut(String made) {
    return left(names().stream().filter(name -> !name.equals(made)).toList());
  }

  private Change left(List<String> names) {
    return together(
        names.stream()
            .map(name -> new TableChange(container, name, Existing.REPLACE).setOlder())
            .toList(),
        names);
  }

  /** Whether it is a masking ROI table that holds regions alone, so that nothing else is lost. */
  private boolean isRewritable(String name) {
    Tables tables = Tables.open(container);
    try {
      return tables.isMasking(name)
          && tables.isWritable(name)
          && tables.maskingRoiTable(name).extra().columns().isEmpty();
    } catch (FormatException damaged) {
      return false;
    }
  }

  private Change together(List<Change> changes, List<String> left) {
    return new Change(
        changes.stream().flatMap(change -> change.units().stream()).toList(),
        changes.stream().flatMap(change -> change.metadata().stream()).toList(),
        List.of(),
        left.stream()
            .map(
                name ->
                    "table '"
                        + name
                        + "' was not made anew when label image '"
                        + labelName
                        + "' changed")
            .toList());
  }
}
