// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.boxes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.commit.MetadataDraft;
import org.ngffspark.commit.MetadataEdit;
import org.ngffspark.commit.Stage;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.history.JobDecision;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.ContainerTarget;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.Roi;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.MaskingRoiTableBuilder;
import org.ngffspark.table.Tables;
import org.ngffspark.zarr.store.StorePath;

/** A masking ROI table that is written into an image. */
final class MaskingTable implements ContainerTarget<LabelBatch> {
  private static final String TABLES = "tables";

  private final ImageRef image;
  private final BoxTask task;
  private final StorePath container;

  MaskingTable(ImageRef image, BoxTask task) {
    this.image = image;
    this.task = task;
    this.container = image.open();
  }

  @Override
  public StorePath container() {
    return container;
  }

  @Override
  public String location() {
    return image.toString();
  }

  @Override
  public JobDecision decide(OpenedImage opened, Repeat repeat) {
    return task.existing() == Existing.REFUSE
            && Tables.open(container).names().contains(task.table())
        ? JobDecision.refuse(
            "there is a table '"
                + task.table()
                + "' already; replace it with --overwrite, or choose another name")
        : JobDecision.run();
  }

  @Override
  public StagedOutput output(Stage stage) {
    return new StagedOutput(stage, container.key(""), "", StagedOutput.Copying.CHANGED);
  }

  @Override
  public Change change(OpenedImage opened, TaskResult<LabelBatch> all, Stage stage) {
    MetadataDraft draft = new MetadataDraft();
    draft.copy(container, "");
    draft.copy(container, TABLES);
    Tables tables = Tables.open(draft.root());
    tables.delete(task.table());
    tables.write(
        task.table(), table(LabelBatch.merge(all.values())), task.labelName(), task.backend());
    List<StagedUnit> units = new ArrayList<>(draft.stageUnits(stage));
    List<MetadataEdit> metadata =
        task.existing() == Existing.REFUSE
            ? draft.edits()
            : draft.editsReplacing(TABLES + "/" + task.table());
    units.addAll(leftovers(stage, units, metadata));
    return new Change(units, metadata);
  }

  private static MaskingRoiTable table(LabelBatch labels) {
    MaskingRoiTableBuilder table = MaskingRoiTable.builder();
    for (int i = 0; i < labels.size(); i++) {
      Roi roi = labels.roi(i);
      table.add(new Roi(Optional.of(Long.toString(labels.label(i))), roi.label(), roi.intervals()));
    }
    return table.build();
  }

  /** Deletions of what the replaced table has and the new one has not. */
  private List<StagedUnit> leftovers(
      Stage stage, List<StagedUnit> units, List<MetadataEdit> metadata) {
    Set<String> written = new HashSet<>();
    units.forEach(unit -> written.add(unit.key()));
    metadata.forEach(edit -> written.add(edit.key()));
    int prefix = container.key("").length();
    return container.store().list(container.child(TABLES).child(task.table()).path()).stream()
        .map(key -> key.substring(prefix))
        .filter(key -> !written.contains(key))
        .map(stage::delete)
        .toList();
  }
}
