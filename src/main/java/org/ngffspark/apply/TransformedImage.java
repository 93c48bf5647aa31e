// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Supplier;
import org.ngffspark.apply.TransformSpec.NoPixels;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.chunks.StagedOutput.Copying;
import org.ngffspark.chunks.WrittenUnit;
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
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.ProductVersion;
import org.ngffspark.job.TaskResult;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.store.StorePath;

/** An image or label image that a transform changes or makes. */
final class TransformedImage implements ContainerTarget<Box> {
  private final TargetPlace place;
  private final TransformSpec spec;
  private final ObjectNode job;

  TransformedImage(TargetPlace place, TransformSpec spec) {
    this.place = place;
    this.spec = spec;
    this.job = JobDescription.of(spec, place.sourceFromTarget());
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
    String from = place.sourceNode();
    return new StagedOutput(
        stage,
        place.source().key(from.isEmpty() ? "" : from + "/"),
        place.node().isEmpty() ? "" : place.node() + "/",
        place.isInPlace() ? Copying.CHANGED : Copying.ALL);
  }

  @Override
  public JobDecision decide(OpenedImage image, Repeat repeat) {
    Supplier<String> now = () -> Fingerprint.of(content(image).values());
    String digest = JobRecord.digest(job);
    if (place.isInPlace()) {
      return JobDecision.inPlace(history(image), digest, now, repeat);
    }
    JobDecision decision = JobDecision.derived(JobHistory.of(place.target()), digest, now, repeat);
    return place.destination().existing().decide(decision);
  }

  /** The jobs that were committed to the image itself. */
  private JobHistory history(OpenedImage image) {
    StorePath node = image.level().node().path();
    return JobHistory.of(node).orElseGet(() -> new JobHistory(List.of()));
  }

  /** What the job reads, as it is now. */
  private ImageContent content(OpenedImage image) {
    return ImageContent.of(image, place.sourceNode(), spec.objects().labelName());
  }

  @Override
  public Change change(OpenedImage image, TaskResult<Box> all, Stage stage) {
    requirePixels(image, all);
    List<StagedUnit> units = all.units().stream().map(WrittenUnit::staged).toList();
    if (place.isInPlace() && all.work().objects() == 0 && units.isEmpty()) {
      // Ids that the image lacks: a record would say that something was done.
      return new Change(List.of(), List.of());
    }
    TargetMetadata metadata = new TargetMetadata(place, image);
    JobHistory before = place.isInPlace() ? history(image) : new JobHistory(List.of());
    List<MetadataEdit> edits = metadata.edits(before.with(record(image, units)));
    Change change = new Change(List.of(), edits);
    if (place.isReplaced()) {
      change = change.replacing(place.container(), place.target(), all, stage);
    }
    return spec.pixels() instanceof PixelTarget.OfLabel
        ? change.plus(new ChangedLabel(place, stage, units).tables())
        : change;
  }

  private void requirePixels(OpenedImage image, TaskResult<Box> all) {
    long done = all.work().objects() - all.skipped().size();
    if (spec.noPixels() == NoPixels.FAIL && done > 0 && all.work().pixels() == 0) {
      throw new IllegalArgumentException(
          "None of "
              + done
              + " objects has a pixel of its id in its region on "
              + image.label().grid().name()
              + ": the regions must be those of this label image, in world units; --allow-empty"
              + " lets the image stay as it is");
    }
  }

  private JobRecord record(OpenedImage image, List<StagedUnit> units) {
    ImageContent read = content(image);
    ImageContent before = place.isInPlace() ? read : ImageContent.none();
    return new JobRecord(
        job,
        place.destination().besides(spec.transform().jars()),
        ProductVersion.current(),
        Fingerprint.of(read.values()),
        Fingerprint.of(before.after(units).values()));
  }

  /** A new image becomes known to the well that it lies in, if any. */
  @Override
  public void register(RunInfo run) {
    place.register(run);
  }
}
