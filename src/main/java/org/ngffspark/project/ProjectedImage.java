// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.project;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ngffspark.apply.TargetPlace;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.chunks.WrittenUnit;
import org.ngffspark.commit.MetadataDraft;
import org.ngffspark.commit.MetadataEdit;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.commit.Stage;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.history.Fingerprint;
import org.ngffspark.history.JobDecision;
import org.ngffspark.history.JobHistory;
import org.ngffspark.history.JobRecord;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.ContainerTarget;
import org.ngffspark.job.ImageContent;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.ProductVersion;
import org.ngffspark.job.TaskResult;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.table.RoiTable;
import org.ngffspark.table.Tables;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.store.StorePath;

/**
 * A new image in which an axis has one pixel. It gets the attributes of its source and its ROI
 * tables without that axis; label images and their tables are of the source's grid and stay there.
 */
final class ProjectedImage implements ContainerTarget<Box> {
  private static final String ROI_TABLE = "roi_table";

  private final TargetPlace place;
  private final ProjectTask task;
  private final ObjectNode job;

  ProjectedImage(TargetPlace place, ProjectTask task) {
    this.place = place;
    this.task = task;
    this.job = JsonNodeFactory.instance.objectNode();
    job.put(JobRecord.SOURCE, place.sourceFromTarget());
    job.put("project", task.axis().toString());
    job.put("method", task.method().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public StorePath container() {
    return place.container();
  }

  @Override
  public String location() {
    return place.location();
  }

  @Override
  public void requireSafe() {
    place.requireSafe();
  }

  @Override
  public StagedOutput output(Stage stage) {
    String prefix = place.container().key("");
    return new StagedOutput(stage, prefix, "", StagedOutput.Copying.CHANGED);
  }

  @Override
  public JobDecision decide(OpenedImage image, Repeat repeat) {
    Supplier<String> now = () -> input(image);
    Optional<JobHistory> there = JobHistory.of(place.target());
    JobDecision decision = JobDecision.derived(there, JobRecord.digest(job), now, repeat);
    return place.destination().existing().decide(decision);
  }

  private static String input(OpenedImage image) {
    return Fingerprint.of(ImageContent.of(image, "").values());
  }

  @Override
  public Change change(OpenedImage image, TaskResult<Box> all, Stage stage) {
    List<StagedUnit> units = new ArrayList<>();
    all.units().stream().map(WrittenUnit::staged).forEach(units::add);
    MetadataDraft draft = new MetadataDraft();
    List<ZarrArray> levels = task.levels(image).levels();
    for (int level = 0; level < levels.size(); level++) {
      String path = image.levels().get(level).path();
      ZarrArray.create(draft.root().child(path), levels.get(level).metadata());
    }
    String name = place.container().name();
    ImageNode.create(draft.root(), image.level().node().metadata().derived(name));
    copyTables(image, draft.root());
    List<StagedUnit> files = draft.stageUnits(stage);
    addRecord(image, units, stage, draft.root());
    List<MetadataEdit> edits = place.isReplaced() ? draft.editsReplacing("") : draft.edits();
    Change change = new Change(files, edits);
    return place.isReplaced()
        ? change.replacing(place.container(), place.target(), all, stage)
        : change;
  }

  private void addRecord(OpenedImage image, List<StagedUnit> units, Stage stage, StorePath root) {
    JobRecord record =
        new JobRecord(
            job,
            ProductVersion.current(),
            input(image),
            Fingerprint.of(ImageContent.none().after(units, stage).values()));
    Group group = Group.open(root).orElseThrow();
    group.writeAttributes(new JobHistory(List.of(record)).addTo(group.attributes()));
  }

  private void copyTables(OpenedImage image, StorePath root) {
    Tables source = image.container().tables();
    Tables target = Tables.open(root);
    for (String name : source.names()) {
      if (source.type(name).equals(ROI_TABLE)) {
        List<Roi> rois = source.roiTable(name).rois().stream().map(this::flat).toList();
        target.write(name, RoiTable.of(rois), WritableBackend.of(source.backend(name)));
      }
    }
  }

  private Roi flat(Roi roi) {
    Map<AxisName, Interval> intervals = new LinkedHashMap<>(roi.intervals());
    intervals.remove(task.axis());
    return new Roi(roi.name(), roi.label(), intervals);
  }

  /** A new image becomes known to the well that it lies in, if any. */
  @Override
  public void register(RunInfo run) {
    place.register(run);
  }
}
