// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.commit.CommitInputs;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.MetadataEdit;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.commit.UnfinishedCommitException;
import org.ngffspark.history.Fingerprint;
import org.ngffspark.history.JobRecord;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ProductVersion;
import org.ngffspark.job.TargetImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.WorkCount;
import org.ngffspark.job.WrittenUnit;

/** One image of a run as the driver sees it, from its lock to its commit. Thread-safe. */
final class ImageRun {
  private final ImageRef ref;
  private final TargetImage target;
  private final ImageTransaction transaction;
  private final ObjectNode job;
  private final String labelName;
  private final long start = System.nanoTime();
  private boolean ended;
  private final TaskResult.Sum sum = new TaskResult.Sum();

  ImageRun(
      ImageRef ref,
      TargetImage target,
      ImageTransaction transaction,
      ObjectNode job,
      String labelName) {
    this.ref = ref;
    this.target = target;
    this.transaction = transaction;
    this.job = job;
    this.labelName = labelName;
  }

  ImageRef ref() {
    return ref;
  }

  TargetImage target() {
    return target;
  }

  ImageTransaction transaction() {
    return transaction;
  }

  /** Adds what a task has done. */
  synchronized void add(TaskResult part) {
    sum.add(part);
  }

  /** What all tasks so far have done. */
  synchronized TaskResult result() {
    return sum.result();
  }

  /**
   * Commits; the image is wholly as before or wholly as after. Whoever wants to undo it meanwhile
   * waits until that is so.
   */
  synchronized ImageOutcome commit() {
    TaskResult all = result();
    if (ended) {
      return outcome(State.FAILED, "the run was stopped", WorkCount.NONE);
    }
    ended = true;
    try {
      List<StagedUnit> units =
          new ArrayList<>(all.units().stream().map(WrittenUnit::staged).toList());
      List<MetadataEdit> metadata = target.metadata(record(units));
      Set<String> written = new HashSet<>();
      units.forEach(unit -> written.add(unit.key()));
      metadata.forEach(edit -> written.add(edit.key()));
      units.addAll(target.leftovers(transaction.stage(), written));
      CommitInputs inputs = CommitInputs.of(target.source()).withValues(all.inputs());
      transaction.commit(units, metadata, inputs);
      return outcome(State.DONE, "", all.work());
    } catch (UnfinishedCommitException unfinished) {
      return outcome(State.FAILED, unfinished.getMessage(), all.work());
    } catch (RuntimeException failure) {
      return failed(failure.getMessage());
    }
  }

  private JobRecord record(List<StagedUnit> units) {
    SortedMap<String, Long> read = target.content(labelName);
    SortedMap<String, Long> before = target.isInPlace() ? read : new TreeMap<>();
    return new JobRecord(
        job, ProductVersion.current(), Fingerprint.of(read), Fingerprint.after(before, units));
  }

  /**
   * Makes a committed image known to its well; one image at a time.
   *
   * @param done how its commit ended
   * @param run which it is a part of
   */
  ImageOutcome register(ImageOutcome done, RunInfo run) {
    try {
      target.register(run);
      return done;
    } catch (RuntimeException failure) {
      return outcome(
          State.FAILED,
          "its pixels are written, but it could not be registered in its well: "
              + failure.getMessage()
              + "; run again with --resume",
          done.work());
    }
  }

  /** Undoes what was staged. */
  synchronized ImageOutcome fail(String message) {
    if (ended) {
      return outcome(State.FAILED, message, WorkCount.NONE);
    }
    ended = true;
    return failed(message);
  }

  private ImageOutcome failed(String message) {
    try {
      transaction.close();
    } catch (RuntimeException failure) {
      return outcome(
          State.FAILED,
          message
              + "; and its stage could not be removed: "
              + failure.getMessage()
              + "; submit.sh recover removes it",
          WorkCount.NONE);
    }
    return outcome(State.FAILED, message, WorkCount.NONE);
  }

  private ImageOutcome outcome(State state, String message, WorkCount work) {
    double seconds = (System.nanoTime() - start) / 1e9;
    return new ImageOutcome(
        ref, target.location(), state, message, work, result().skipped(), seconds);
  }
}
