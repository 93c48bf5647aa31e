// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.ngffspark.apply.Companions;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.commit.MetadataDraft;
import org.ngffspark.commit.Stage;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.history.Fingerprint;
import org.ngffspark.history.JobDecision;
import org.ngffspark.history.JobHistory;
import org.ngffspark.history.JobRecord;
import org.ngffspark.history.Repeat;
import org.ngffspark.image.Container;
import org.ngffspark.job.ContainerTarget;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageContent;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.ProductVersion;
import org.ngffspark.job.TaskResult;
import org.ngffspark.ngff.ContainerKind;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.VersionChange;
import org.ngffspark.table.Tables;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * A copy of an image in another form. Its history is that of its source, and the copying: it is the
 * same image, none that was made from it.
 */
final class ConvertedImage implements ContainerTarget<Nothing> {
  /** Parts of a URI before its path: the scheme, nothing, and the authority. */
  private static final int ROOT = 3;

  private static final String LABELS = "labels";

  private final StorePath source;
  private final StorePath container;
  private final ConvertTask task;
  private final ObjectNode job;

  ConvertedImage(StorePath source, StorePath container, ConvertTask task) {
    this.source = source;
    this.container = container;
    this.task = task;
    this.job = JsonNodeFactory.instance.objectNode();
    job.put("converted_from", sourceFromTarget());
    job.put("format", task.layout().form().toString());
    job.put("chunks", task.layout().chunks().toString());
    job.put("shards", task.layout().shards().toString());
    job.put("codec", task.layout().codec().toString());
    task.choice().channels().forEach(job.putArray("channels")::add);
    job.put("levels", task.choice().levels());
    job.put("type", task.choice().type().toString());
    job.put("crop", task.choice().crop().toString());
    job.put("with", task.companions().name());
  }

  /** By a relative path where both have one: after both have moved the job is still known. */
  private String sourceFromTarget() {
    List<String> from = List.of(StoreLocations.real(source).split("/"));
    List<String> to = List.of(StoreLocations.real(container).split("/"));
    int common = 0;
    while (common < Math.min(from.size(), to.size()) && from.get(common).equals(to.get(common))) {
      common++;
    }
    return common < ROOT
        ? source.toString()
        : "../".repeat(to.size() - common) + String.join("/", from.subList(common, from.size()));
  }

  @Override
  public StorePath container() {
    return container;
  }

  @Override
  public String location() {
    return container.toString();
  }

  /** Refuses to write into the source or around it, or over something that is no image. */
  @Override
  public void requireSafe() {
    String from = StoreLocations.real(source) + "/";
    String to = StoreLocations.real(container) + "/";
    if (from.startsWith(to) || to.startsWith(from)) {
      throw new IllegalArgumentException(
          container + " must lie apart from the image that is read, " + source);
    }
    boolean image = ContainerKind.find(container).filter(ContainerKind.IMAGE::equals).isPresent();
    if (task.existing() == Existing.REPLACE
        && !image
        && !container.store().list(container.path()).isEmpty()) {
      throw new IllegalArgumentException(
          container + " is not an image, so it is not replaced; choose another place");
    }
  }

  @Override
  public StagedOutput output(Stage stage) {
    return new StagedOutput(stage, container.key(""), "", StagedOutput.Copying.CHANGED);
  }

  @Override
  public JobDecision decide(OpenedImage image, Repeat repeat) {
    Optional<JobHistory> there = JobHistory.of(container);
    JobDecision decision =
        JobDecision.derived(there, JobRecord.digest(job), () -> input(image), repeat);
    return task.existing().decide(decision);
  }

  private static String input(OpenedImage image) {
    return Fingerprint.of(ImageContent.of(image, "").values());
  }

  @Override
  public Change change(OpenedImage image, TaskResult<Nothing> all, Stage stage) {
    MetadataDraft draft = new MetadataDraft();
    StorePath root = draft.root();
    List<ConvertedLevel> levels = task.levels(image);
    for (ConvertedLevel level : levels) {
      ZarrArray.create(root.child(level.node()), level.target().metadata(), attributes(level));
    }
    Container from = image.container();
    SourceLevels sources = SourceLevels.of(from, task);
    writeGroups(image, sources, root);
    if (task.companions() == Companions.LABELS_AND_TABLES) {
      OutputForm form = task.layout().form();
      ConvertedTables.of(from, sources, levels, all.files())
          .writeTo(Tables.open(root, form.change().format()), form);
    }
    List<StagedUnit> files = draft.stageUnits(stage);
    Change remarks = new Change(List.of(), List.of(), List.of(), task.remarks(image));
    return task.existing() == Existing.REPLACE
        ? new Change(files, draft.editsReplacing(""))
            .replacing(container, container, all, stage)
            .plus(remarks)
        : new Change(files, draft.edits()).plus(remarks);
  }

  private ObjectNode attributes(ConvertedLevel level) {
    ZarrArray array = level.source().array();
    return task.layout().form().change().ofArray(array.metadata().format(), array.attributes());
  }

  /** The groups of the image and its label images. */
  private void writeGroups(OpenedImage image, SourceLevels levels, StorePath root) {
    VersionChange change = task.layout().form().change();
    Container from = image.container();
    PixelChoice choice = task.choice();
    ObjectNode attributes =
        change.attributes(
            from.path(),
            ome -> choice.changeImage(ome, choice.channels(from), levels.boxes(levels.image())));
    Group.create(root, change.format(), withRecord(image, attributes));
    if (!levels.labels().isEmpty()) {
      ObjectNode ofList =
          Group.open(from.path().child(LABELS))
              .map(group -> change.ofLabels(group.attributes()))
              .orElseGet(JsonNodeFactory.instance::objectNode);
      if (change.format() == ZarrFormat.N5) {
        // Without a list all that lies there would be taken, in the order of names.
        ofList.putArray(LABELS);
      }
      Group.create(root.child(LABELS), change.format(), ofList);
    }
    levels
        .labels()
        .forEach(
            (name, ofLabel) -> {
              StorePath label = from.label(name).node().path();
              StorePath to = ImageNode.open(root).labels().add(name);
              List<Box> boxes = levels.boxes(ofLabel);
              Group.create(
                  to,
                  change.format(),
                  change.attributes(label, ome -> choice.changeLevels(ome, boxes)));
            });
  }

  private ObjectNode withRecord(OpenedImage image, ObjectNode attributes) {
    String input = input(image);
    JobRecord record = new JobRecord(job, ProductVersion.current(), input, input);
    JobHistory before = JobHistory.from(attributes, image.container().path().toString());
    return before.with(record).addTo(attributes);
  }
}
