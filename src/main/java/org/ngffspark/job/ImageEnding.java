// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ngffspark.chunks.WrittenUnit;
import org.ngffspark.commit.CommitInputs;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.InputState;
import org.ngffspark.commit.Leftovers;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.commit.UnfinishedCommitException;
import org.ngffspark.job.ContainerTarget.Change;
import org.ngffspark.job.ImagesAtWork.FollowUpRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits or undoes one image, and says how it ended. The caller has taken the image to end it.
 *
 * @param followUps deletes what a commit has taken out of the image
 */
record ImageEnding<V extends java.io.Serializable>(
    ObjectTask<?, V> task, RunInfo run, FollowUpRunner<V> followUps) {
  private static final Logger LOG = LoggerFactory.getLogger(ImageEnding.class);
  private static final int MOST_DELETING_TASKS = 64;

  /** Commits an image whose tasks are done; it is wholly as before or wholly as after. */
  ImageOutcome commit(ImageAtWork<V> image) {
    TaskResult<V> all = image.result();
    long more = 0;
    List<String> remarks = new ArrayList<>(image.planned().plan().remarks());
    Optional<ContainerTarget<V>> container = image.container();
    if (container.isPresent()) {
      Committed committed;
      try {
        committed = commit(image, container.get(), all);
        remarks.addAll(committed.change().remarks());
        more = committed.change().units().stream().mapToLong(StagedUnit::length).sum();
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
      delete(image.planned(), committed).ifPresent(remarks::add);
    }
    try {
      image.files().ifPresent(files -> end(image.planned(), files, all));
    } catch (RuntimeException failure) {
      return failed(image, Failures.message(failure));
    }
    WorkCount ended =
        WorkCount.bytesWritten(more).plus(WorkCount.requestsRepeated(repeated(image)));
    TaskResult<V> counted = all.plus(TaskResult.of(List.of(), ended));
    return ImageOutcome.done(image.ref(), image.location(), counted, remarks, image.seconds());
  }

  /** By the driver, from the lock of the image to its commit. */
  private static long repeated(ImageAtWork<?> image) {
    return image.transaction().map(each -> each.stage().requestsRepeated()).orElse(0L);
  }

  private void end(PlannedImage image, FilesTarget<V> files, TaskResult<V> all) {
    try (OpenedImage opened = OpenedImage.onDriver(image.ref(), image.plan(), task)) {
      files.ending().end(opened, all);
    }
  }

  /** What was committed, and what it took out of the container. */
  private record Committed(Change change, Leftovers left) {}

  private Committed commit(ImageAtWork<V> image, ContainerTarget<V> target, TaskResult<V> all) {
    ImageTransaction transaction = image.transaction().orElseThrow();
    PlannedImage planned = image.planned();
    List<StagedUnit> units = new ArrayList<>();
    all.units().stream().map(WrittenUnit::staged).forEach(units::add);
    units.addAll(all.files());
    try (OpenedImage opened = OpenedImage.onDriver(planned.ref(), planned.plan(), task)) {
      Change change = target.change(opened, all, transaction.stage());
      units.addAll(change.units());
      CommitInputs inputs =
          new CommitInputs(
              planned.ref().open(),
              inputs(planned, all),
              planned.plan().metadata().contents(),
              planned.plan().metadata().states());
      Leftovers left = transaction.commit(units, change.metadata(), change.removed(), inputs);
      if (change.removed().isEmpty()) {
        left.delete();
      }
      return new Committed(change, left);
    }
  }

  /** Deletes what was taken out of the container, by many tasks; says what stands against it. */
  private Optional<String> delete(PlannedImage image, Committed committed) {
    if (committed.change().removed().isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<String> problem = deleteByTasks(image, committed.left());
      if (problem.isEmpty()) {
        committed.left().delete();
      }
      return problem.map(ImageEnding::undeleted);
    } catch (RuntimeException failure) {
      return Optional.of(undeleted(Failures.message(failure)));
    }
  }

  /** Tasks that Spark gives up, as when the run is stopped, leave what they have to the driver. */
  private Optional<String> deleteByTasks(PlannedImage image, Leftovers left) {
    List<FollowUp<V>> work = new ArrayList<>();
    left.parts(MOST_DELETING_TASKS).forEach(part -> work.add(deletion(part)));
    if (work.isEmpty()) {
      return Optional.empty();
    }
    try {
      return followUps.run(image, work).stream()
          .filter(TaskOutcome.Failed.class::isInstance)
          .map(failed -> ((TaskOutcome.Failed<?>) failed).message())
          .findFirst();
    } catch (EngineException givenUp) {
      LOG.info("The tasks that delete what {} does not need any more", image.ref(), givenUp);
      return Optional.empty();
    }
  }

  private static <V> FollowUp<V> deletion(Leftovers.Part part) {
    return image -> {
      part.delete();
      return TaskResult.nothing();
    };
  }

  private static String undeleted(String reason) {
    return "it is out of the image, but not all its files are deleted: "
        + reason
        + "; submit.sh recover deletes the rest";
  }

  private static List<InputState> inputs(PlannedImage image, TaskResult<?> all) {
    List<InputState> inputs = new ArrayList<>(image.plan().ids().read());
    inputs.addAll(all.inputs());
    return inputs;
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
