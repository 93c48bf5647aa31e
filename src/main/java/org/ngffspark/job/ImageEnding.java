// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ngffspark.chunks.WrittenUnit;
import org.ngffspark.commit.CommitInputs;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.commit.UnfinishedCommitException;
import org.ngffspark.job.ContainerTarget.Change;

/** Commits or undoes one image, and says how it ended. The caller has taken the image to end it. */
record ImageEnding<V extends java.io.Serializable>(ObjectTask<?, V> task, RunInfo run) {

  /** Commits an image whose tasks are done; it is wholly as before or wholly as after. */
  ImageOutcome commit(ImageAtWork<V> image) {
    TaskResult<V> all = image.result();
    long more = 0;
    List<String> remarks = new ArrayList<>(image.planned().plan().remarks());
    Optional<ContainerTarget<V>> container = image.container();
    if (container.isPresent()) {
      ImageTransaction transaction = image.transaction().orElseThrow();
      try {
        Change change = commit(image.planned(), container.get(), transaction, all);
        remarks.addAll(change.remarks());
        more = change.units().stream().mapToLong(StagedUnit::length).sum();
      } catch (UnfinishedCommitException unfinished) {
        return failed(image, unfinished.getMessage());
      } catch (RuntimeException | Error failure) {
        return undo(image, Failures.message(failure));
      }
      try {
        container.get().register(run);
      } catch (RuntimeException | Error failure) {
        return failed(
            image,
            "it is written, but it could not be made known: "
                + Failures.message(failure)
                + "; run again with --resume");
      }
    }
    try {
      image.files().ifPresent(files -> end(image.planned(), files, all));
    } catch (RuntimeException failure) {
      return failed(image, Failures.message(failure));
    }
    TaskResult<V> counted = all.plus(TaskResult.of(List.of(), WorkCount.bytesWritten(more)));
    return ImageOutcome.done(image.ref(), image.location(), counted, remarks, image.seconds());
  }

  private void end(PlannedImage image, FilesTarget<V> files, TaskResult<V> all) {
    try (OpenedImage opened = OpenedImage.onDriver(image.ref(), image.plan(), task)) {
      files.ending().end(opened, all);
    }
  }

  private Change commit(
      PlannedImage image,
      ContainerTarget<V> target,
      ImageTransaction transaction,
      TaskResult<V> all) {
    List<StagedUnit> units = new ArrayList<>();
    all.units().stream().map(WrittenUnit::staged).forEach(units::add);
    units.addAll(all.files());
    try (OpenedImage opened = OpenedImage.onDriver(image.ref(), image.plan(), task)) {
      Change change = target.change(opened, all, transaction.stage());
      units.addAll(change.units());
      CommitInputs inputs =
          new CommitInputs(image.ref().open(), all.inputs(), image.plan().metadata().contents());
      transaction.commit(units, change.metadata(), inputs);
      return change;
    }
  }

  /** Undoes what was staged for an image. */
  ImageOutcome undo(ImageAtWork<V> image, String reason) {
    try {
      image.transaction().ifPresent(ImageTransaction::close);
      return failed(image, reason);
    } catch (RuntimeException failure) {
      return failed(
          image,
          reason
              + "; and its stage could not be removed: "
              + Failures.message(failure)
              + "; submit.sh recover removes it");
    }
  }

  /** Ends an image that is done already. */
  ImageOutcome passOver(ImageAtWork<V> image, String reason) {
    image.transaction().ifPresent(ImageTransaction::close);
    // A run that was killed right after the commit has not come to this.
    image.container().ifPresent(target -> target.register(run));
    return ImageOutcome.doneBefore(image.ref(), image.location(), reason);
  }

  private static ImageOutcome failed(ImageAtWork<?> image, String reason) {
    return ImageOutcome.failed(image.ref(), image.location(), reason, image.seconds());
  }
}
