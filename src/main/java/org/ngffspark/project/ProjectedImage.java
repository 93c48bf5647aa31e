// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.project;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.ngffspark.apply.TargetPlace;
import org.ngffspark.chunks.StagedFingerprint;
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
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.roi.AxisName;
import org.ngffspark.table.CopiedTables;
import org.ngffspark.table.RegionEdit;
import org.ngffspark.table.TableFingerprint;
import org.ngffspark.table.Tables;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.store.StorePath;

/**
 * A new image in which an axis has one pixel. As after the projection of Fractal
 * (fractal-tasks-core 2.1) it has the attributes of its source, a name that says what it is, pixels
 * of 1 micrometre along z, and the tables of the source, whose regions have all of the axis. Label
 * images, and the tables that belong to them, are there if they were asked for: masking ROI tables
 * only, for features were measured on other pixels.
 */
final class ProjectedImage implements ContainerTarget<Box> {
  private static final String MASKING_ROI_TABLE = "masking_roi_table";

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
    if (task.hasLabels()) {
      job.put("labels", "max");
    }
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
    task.levels(image).create(draft.root());
    ImageMetadata source = image.level().node().metadata();
    ImageNode.create(draft.root(), flat(source.derived(task.method().title())));
    for (String name : task.labels(image)) {
      task.levels(image, name).create(draft.root());
      StorePath label = ImageNode.open(draft.root()).labels().add(name);
      ImageMetadata metadata = image.container().label(name).node().metadata();
      ImageNode.create(label, flat(metadata.derived(name)));
    }
    copyTables(image, all.files(), draft.root());
    List<StagedUnit> files = draft.stageUnits(stage);
    addRecord(image, units, draft.root());
    List<MetadataEdit> edits = place.isReplaced() ? draft.editsReplacing("") : draft.edits();
    Change change = new Change(files, edits);
    return place.isReplaced()
        ? change.replacing(place.container(), place.target(), all, stage)
        : change;
  }

  private void addRecord(OpenedImage image, List<StagedUnit> units, StorePath root) {
    JobRecord record =
        new JobRecord(
            job,
            ProductVersion.current(),
            input(image),
            Fingerprint.of(ImageContent.none().after(units).values()));
    Group group = Group.open(root).orElseThrow();
    group.writeAttributes(new JobHistory(List.of(record)).addTo(group.attributes()));
  }

  /** Where the axis was z, a pixel along it is 1 long, and there is no other. */
  private ImageMetadata flat(ImageMetadata metadata) {
    OptionalInt z = metadata.axes().index(AxisName.Z);
    if (task.axis() != AxisName.Z || z.isEmpty()) {
      return metadata;
    }
    List<Dataset> levels = new ArrayList<>();
    for (Dataset level : metadata.datasets()) {
      List<Double> scale = new ArrayList<>(level.scale());
      List<Double> translation = new ArrayList<>(level.translation());
      scale.set(z.getAsInt(), 1.0);
      translation.set(z.getAsInt(), 0.0);
      levels.add(new Dataset(level.path(), scale, translation));
    }
    return metadata.withDatasets(levels);
  }

  private void copyTables(OpenedImage image, List<StagedUnit> ofLabels, StorePath root) {
    Tables source = image.container().tables();
    Tables target = Tables.open(root);
    RegionEdit flat = RegionEdit.flatOn(task.axis());
    for (String name : source.names()) {
      Optional<String> label = source.labelName(name);
      boolean isTaken =
          label.isEmpty()
              || (source.type(name).equals(MASKING_ROI_TABLE)
                  && task.labels(image).contains(label.get()));
      if (isTaken) {
        WritableBackend backend = WritableBackend.of(source.backend(name));
        new CopiedTables(source, target).copyEdited(name, name, backend, flat);
        label
            .filter(of -> isUpToDate(image, new TableFingerprint(source, name), of))
            .map(of -> fingerprint(image, of, ofLabels))
            .ifPresent(new TableFingerprint(target, name)::set);
      }
    }
  }

  private static boolean isUpToDate(OpenedImage image, TableFingerprint made, String label) {
    return made.find().filter(image.container().label(label).fingerprint()::equals).isPresent();
  }

  private String fingerprint(OpenedImage image, String label, List<StagedUnit> units) {
    ProjectedLevels levels = task.levels(image, label);
    return StagedFingerprint.of(levels.finest().target(), levels.finestNode(), units);
  }

  /** A new image becomes known to the well that it lies in, if any. */
  @Override
  public void register(RunInfo run) {
    place.register(run);
  }
}
