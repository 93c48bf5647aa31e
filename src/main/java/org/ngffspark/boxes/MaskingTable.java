// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.boxes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.commit.Stage;
import org.ngffspark.history.JobDecision;
import org.ngffspark.history.JobHistory;
import org.ngffspark.history.JobRecord;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.ContainerTarget;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.ProductVersion;
import org.ngffspark.job.TaskResult;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.MaskingRoiTableBuilder;
import org.ngffspark.tables.TableChange;
import org.ngffspark.zarr.store.StorePath;

/** A masking ROI table that is written into an image. */
final class MaskingTable implements ContainerTarget<LabelBatch> {
  private final ImageRef image;
  private final BoxTask task;
  private final StorePath container;
  private final TableChange change;
  private final ObjectNode job;

  MaskingTable(ImageRef image, BoxTask task) {
    this.image = image;
    this.task = task;
    this.container = image.open();
    this.change = new TableChange(container, task.table(), task.existing());
    this.job = job(task);
  }

  /** What decides about the table. */
  private static ObjectNode job(BoxTask task) {
    ObjectNode job = JsonNodeFactory.instance.objectNode();
    job.put("rois", task.labelName());
    job.put("ids", task.labels().toString());
    job.put("backend", task.backend().name());
    return job;
  }

  /** Of the label image, as it is now. */
  private String input(OpenedImage opened) {
    return opened.container().label(task.labelName()).fingerprint();
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
    JobDecision decision =
        JobDecision.derived(change.history(), JobRecord.digest(job), () -> input(opened), repeat);
    return task.existing().decide(decision).of("table '" + task.table() + "'");
  }

  @Override
  public StagedOutput output(Stage stage) {
    return new StagedOutput(stage, container.key(""), "", StagedOutput.Copying.CHANGED);
  }

  @Override
  public Change change(OpenedImage opened, TaskResult<LabelBatch> all, Stage stage) {
    String input = input(opened);
    MaskingRoiTable regions = table(LabelBatch.merge(all.values())).madeOf(input);
    JobHistory history =
        new JobHistory(List.of(new JobRecord(job, ProductVersion.current(), input, input)));
    return change.write(
        stage,
        tables -> tables.write(task.table(), regions, task.labelName(), task.backend()),
        history::addTo);
  }

  private static MaskingRoiTable table(LabelBatch labels) {
    MaskingRoiTableBuilder table = MaskingRoiTable.builder();
    for (int i = 0; i < labels.size(); i++) {
      table.add(labels.roi(i));
    }
    return table.build();
  }
}
