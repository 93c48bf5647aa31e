// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.features;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.commit.Stage;
import org.ngffspark.history.Fingerprint;
import org.ngffspark.history.JobDecision;
import org.ngffspark.history.JobHistory;
import org.ngffspark.history.JobRecord;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.ContainerTarget;
import org.ngffspark.job.ImageContent;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.ProductVersion;
import org.ngffspark.job.TaskResult;
import org.ngffspark.measure.FeatureRows;
import org.ngffspark.measure.ObjectMeasurement;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.Tables;
import org.ngffspark.tables.TableChange;
import org.ngffspark.zarr.store.StorePath;

/** A feature table that is written into an image. */
final class FeatureTarget implements ContainerTarget<Measured> {
  private final ImageRef image;
  private final MeasureTask task;
  private final StorePath container;
  private final TableChange table;
  private final ObjectNode job;

  FeatureTarget(ImageRef image, MeasureTask task) {
    this.image = image;
    this.task = task;
    this.container = image.open();
    this.table = new TableChange(container, task.table(), task.existing());
    this.job = job(task);
  }

  /** What decides about the table. */
  private static ObjectNode job(MeasureTask task) {
    ObjectNode job = JsonNodeFactory.instance.objectNode();
    job.put("measure", task.labelName());
    job.put("level", task.pixels().level());
    task.pixels().channels().forEach(job.putArray("channels")::add);
    ObjectNode features = job.putObject("parameters");
    task.features().described().forEach(features::put);
    job.put("ids", task.labels().toString());
    job.put("backend", task.backend().name());
    return job;
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
        JobDecision.derived(table.history(), JobRecord.digest(job), () -> input(opened), repeat);
    return task.existing().decide(decision).of("table '" + task.table() + "'");
  }

  /** Of the image and the label image, as they are now. */
  private String input(OpenedImage opened) {
    return Fingerprint.of(ImageContent.of(opened, "", task.labelName()).values());
  }

  @Override
  public StagedOutput output(Stage stage) {
    return new StagedOutput(stage, container.key(""), "", StagedOutput.Copying.CHANGED);
  }

  /**
   * @throws IllegalArgumentException if an object that was asked for by itself is not there
   */
  @Override
  public Change change(OpenedImage opened, TaskResult<Measured> all, Stage stage) {
    FeatureTable features = table(task, opened, all.values());
    String input = input(opened);
    JobRecord record = new JobRecord(job, ProductVersion.current(), input, input);
    JobHistory history = new JobHistory(List.of(record));
    return table.write(
        stage, tables -> tables.write(task.table(), features, task.backend()), history::addTo);
  }

  /** Exports the table that is there now. */
  @Override
  public void register(RunInfo run) {
    if (!task.export().directories().isEmpty()) {
      task.export().write(image, Tables.open(container).featureTable(task.table()));
    }
  }

  /**
   * The table of an image.
   *
   * @throws IllegalArgumentException if an object that was asked for by itself is not there
   */
  static FeatureTable table(MeasureTask task, OpenedImage opened, List<Measured> all) {
    ObjectMeasurement measurement = task.measurement(opened).measurement();
    FeatureRows rows = Measured.merged(measurement.columns().size(), all);
    requireFound(task, rows);
    FeatureTable whole = rows.table(task.labelName(), measurement);
    int[] selected =
        IntStream.range(0, rows.size())
            .filter(row -> task.labels().contains(rows.label(row)))
            .toArray();
    return selected.length == rows.size()
        ? whole
        : new FeatureTable(task.labelName(), whole.table().select(selected));
  }

  private static void requireFound(MeasureTask task, FeatureRows rows) {
    Set<Long> found = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      found.add(rows.label(row));
    }
    long[] missing = task.labels().named().filter(label -> !found.contains(label)).toArray();
    if (missing.length > 0) {
      throw new IllegalArgumentException(
          "No object "
              + missing[0]
              + " in label image "
              + task.labelName()
              + (missing.length == 1 ? "" : ", and " + (missing.length - 1) + " more are missing"));
    }
  }
}
