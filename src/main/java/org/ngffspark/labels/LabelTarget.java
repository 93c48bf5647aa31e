// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.labels;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.chunks.WrittenUnit;
import org.ngffspark.commit.MetadataDraft;
import org.ngffspark.commit.MetadataEdit;
import org.ngffspark.commit.Stage;
import org.ngffspark.history.Besides;
import org.ngffspark.history.Fingerprint;
import org.ngffspark.history.JobDecision;
import org.ngffspark.history.JobHistory;
import org.ngffspark.history.JobRecord;
import org.ngffspark.history.Repeat;
import org.ngffspark.image.Container;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.image.LabelFingerprint;
import org.ngffspark.job.ContainerTarget;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageContent;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.ProductVersion;
import org.ngffspark.job.TaskResult;
import org.ngffspark.labels.Found.Children;
import org.ngffspark.labels.Found.Written;
import org.ngffspark.labels.Search.InObjects;
import org.ngffspark.table.LongColumn;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.tables.LabelTables;
import org.ngffspark.tables.TableChange;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.store.StorePath;

/** A new label image with its masking ROI table, written into an image. */
final class LabelTarget implements ContainerTarget<Found> {
  private static final String LABELS = "labels";

  private final ImageRef image;
  private final SegmentTask task;
  private final StorePath container;
  private final TableChange table;
  private final ObjectNode job;

  LabelTarget(ImageRef image, SegmentTask task) {
    this.image = image;
    this.task = task;
    this.container = image.open();
    this.table = new TableChange(container, task.table(), task.existing());
    this.job = job(task);
  }

  /** What decides about the objects. */
  private static ObjectNode job(SegmentTask task) {
    ObjectNode job = JsonNodeFactory.instance.objectNode();
    job.put("segment", task.label());
    task.channels().forEach(job.putArray("channels")::add);
    job.set("search", task.search().described());
    job.put("table", task.table());
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

  private String node() {
    return LABELS + "/" + task.label();
  }

  @Override
  public JobDecision decide(OpenedImage opened, Repeat repeat) {
    JobDecision decision =
        JobDecision.derived(history(), JobRecord.digest(job), () -> input(opened), repeat);
    JobDecision taken = task.existing().decide(decision).of("label image '" + task.label() + "'");
    return taken.kind() == JobDecision.Kind.RUN ? table.decision() : taken;
  }

  /** The jobs that have made the label image that is there; empty if there is none. */
  private Optional<JobHistory> history() {
    return Container.open(container).labels().contains(task.label())
        ? JobHistory.of(container.child(LABELS).child(task.label()))
        : Optional.empty();
  }

  /** Of what is read, as it is now. */
  private String input(OpenedImage opened) {
    ImageContent content =
        task.search() instanceof InObjects inside
            ? ImageContent.of(opened, "", inside.parents().labelName())
            : ImageContent.of(opened, "");
    return Fingerprint.of(content.values());
  }

  @Override
  public StagedOutput output(Stage stage) {
    return new StagedOutput(stage, "", "", StagedOutput.Copying.CHANGED);
  }

  @Override
  public Change change(OpenedImage opened, TaskResult<Found> all, Stage stage) {
    MetadataDraft draft = new MetadataDraft();
    draft.copy(container, "");
    draft.copy(container, LABELS);
    NewLabel.of(opened, task.label()).writeInto(draft.root());
    addRecord(opened, draft.root());
    boolean replaced = task.existing() == Existing.REPLACE;
    List<MetadataEdit> metadata = replaced ? draft.editsReplacing(node()) : draft.edits();
    MaskingRoiTable regions = regions(all.values()).madeOf(fingerprint(opened, all.units()));
    Change tables =
        table.write(
            stage, written -> written.write(task.table(), regions, task.label(), task.backend()));
    return new Change(List.of(), metadata)
        .replacing(container, container.child(node()), all, stage)
        .plus(tables)
        .plus(new LabelTables(container, task.label()).leftBut(task.table()));
  }

  /** That of the label image when it is committed. */
  private String fingerprint(OpenedImage opened, List<WrittenUnit> units) {
    String finest = opened.container().metadata().datasets().get(0).path();
    int array = StorePath.root(container.store()).child(node()).child(finest).key("").length();
    LabelFingerprint fingerprint =
        LabelFingerprint.ofNothing(NewLabel.of(opened, task.label()).array());
    units.stream()
        .filter(unit -> unit.level() == 0 && !unit.staged().isDeletion())
        .map(WrittenUnit::staged)
        .forEach(unit -> fingerprint.add(unit.key().substring(array), unit.length(), unit::crc32c));
    return fingerprint.text();
  }

  private void addRecord(OpenedImage opened, StorePath root) {
    String input = input(opened);
    JobRecord record =
        new JobRecord(
            job, Besides.jars(task.search().jars()), ProductVersion.current(), input, input);
    JobHistory history = new JobHistory(List.of(record));
    Group.open(root.child(LABELS).child(task.label()))
        .ifPresent(group -> group.writeAttributes(history.addTo(group.attributes())));
  }

  private MaskingRoiTable regions(List<Found> all) {
    List<LabelBoxes> parts = Found.of(Written.class, all).stream().map(Written::boxes).toList();
    MaskingRoiTable regions =
        parts.isEmpty()
            ? MaskingRoiTable.builder().build()
            : MaskingRoiTable.of(LabelBoxes.merge(parts));
    return SegmentRounds.children(all)
        .map(children -> regions.with(parents(children, regions)))
        .orElse(regions);
  }

  /** The parent of each object. */
  private static LongColumn parents(Children all, MaskingRoiTable regions) {
    long[] parents = new long[regions.size()];
    long[] first = SegmentTask.firstIds(all.counts());
    int parent = 0;
    for (int i = 0; i < parents.length; i++) {
      while (first[parent] + all.counts()[parent] <= regions.label(i)) {
        parent++;
      }
      parents[i] = all.parents().label(parent);
    }
    return LongColumn.of("parent_label", parents);
  }
}
