// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.Recovery;
import org.ngffspark.commit.RecoveryReport;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.history.Fingerprint;
import org.ngffspark.history.JobDecision;
import org.ngffspark.history.JobHistory;
import org.ngffspark.history.JobRecord;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImagePlan;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.JobDescription;
import org.ngffspark.job.Tally;
import org.ngffspark.job.TargetImage;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.WorkCount;
import org.ngffspark.spark.RunContext.PlannedImage;
import org.ngffspark.spark.TransformJob.Request;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreException;

/** The images of a run that are locked and not yet committed. Thread-safe. */
final class OpenImages {
  static final String STOPPED = "the run was stopped";

  private final Request request;
  private final RunInfo info;
  private final Map<Integer, ImageRun> open = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  OpenImages(Request request) {
    this.request = request;
    Map<String, String> details = new TreeMap<>(request.spec().parameters());
    details.put("label image", request.spec().labelName());
    details.put("transform", request.spec().transformName());
    this.info = RunInfo.current(request.command(), details);
  }

  /**
   * Puts right what dead runs have left of the images, if the run resumes. What cannot be put right
   * from here stays for {@link #begin} to complain about.
   */
  void recover(List<ImageRef> images, Tally tally) {
    if (request.repeat() != Repeat.RESUME) {
      return;
    }
    Recovery recovery = new Recovery(info, Set.of());
    for (ImageRef ref : images) {
      RecoveryReport report = recovery.recover(target(ref).container());
      if (report.outcome() != Outcome.NOTHING) {
        tally.recovered(report);
      }
    }
  }

  private TargetImage target(ImageRef ref) {
    return TargetImage.of(ref, request.spec().target(), request.destination());
  }

  /**
   * Locks every image that can be done; tells how the others end.
   *
   * @throws IllegalArgumentException if there is nothing that can be done; nothing is touched
   * @throws org.ngffspark.commit.LockedException if one is locked; nothing is touched
   */
  List<PlannedImage> begin(List<ImageRef> images, List<TaskOutcome<ImagePlan>> plans, Tally tally) {
    List<PlannedImage> planned = new ArrayList<>();
    List<ImageOutcome> ended = new ArrayList<>();
    try {
      for (int index = 0; index < images.size(); index++) {
        ImageRef ref = images.get(index);
        if (plans.get(index) instanceof TaskOutcome.Done<ImagePlan> plan) {
          tryToBegin(index, ref, plan.value(), ended).ifPresent(planned::add);
        } else if (plans.get(index) instanceof TaskOutcome.Failed<ImagePlan> failed) {
          ended.add(end(ref, State.FAILED, failed.message()));
        }
      }
      Tally.requireSome(ended, images.size());
    } catch (RuntimeException failure) {
      stop();
      throw failure;
    }
    ended.forEach(tally::ended);
    return planned;
  }

  private Optional<PlannedImage> tryToBegin(
      int index, ImageRef ref, ImagePlan plan, List<ImageOutcome> ended) {
    if (stopped) {
      ended.add(end(ref, State.FAILED, STOPPED));
      return Optional.empty();
    }
    try {
      return begin(index, ref, plan, ended);
    } catch (FormatException | StoreException | IllegalArgumentException failure) {
      String message = failure.getMessage();
      ended.add(
          Optional.ofNullable(open.remove(index))
              .map(run -> run.fail(message))
              .orElseGet(() -> end(ref, State.FAILED, message)));
      return Optional.empty();
    }
  }

  private Optional<PlannedImage> begin(
      int index, ImageRef ref, ImagePlan plan, List<ImageOutcome> ended) {
    TargetImage target = target(ref);
    target.requireSafe();
    ObjectNode job = JobDescription.of(request.spec(), target.sourceFromTarget());
    ImageTransaction transaction =
        ImageTransaction.begin(target.container(), info, request.commit());
    open.put(index, new ImageRun(ref, target, transaction, job, request.spec().labelName()));
    Optional<ImageOutcome> over = refusal(ref, target, job);
    if (over.isPresent()) {
      open.remove(index);
      transaction.close();
      ended.add(over.get());
      return Optional.empty();
    }
    return Optional.of(new PlannedImage(index, plan, target.output(transaction.stage())));
  }

  /** How an image ends without being done, if so. */
  private Optional<ImageOutcome> refusal(ImageRef ref, TargetImage target, ObjectNode job) {
    JobDecision decision = decide(target, JobRecord.digest(job));
    return switch (decision.kind()) {
      case RUN -> Optional.empty();
      case SKIP -> {
        // A run that was killed right after the commit has not come to this.
        target.register(info);
        yield Optional.of(end(ref, State.DONE_BEFORE, decision.reason()));
      }
      case REFUSE ->
          target.isReplaced()
              ? Optional.empty()
              : Optional.of(end(ref, State.FAILED, target.location() + ": " + decision.reason()));
    };
  }

  private JobDecision decide(TargetImage target, String digest) {
    Supplier<String> now = () -> Fingerprint.of(target.content(request.spec().labelName()));
    Optional<JobHistory> history = target.history();
    return target.isInPlace()
        ? JobDecision.inPlace(
            history.orElseGet(() -> new JobHistory(List.of())), digest, now, request.repeat())
        : JobDecision.derived(history, digest, now, request.repeat());
  }

  private ImageOutcome end(ImageRef ref, State state, String message) {
    TargetImage target = target(ref);
    return new ImageOutcome(ref, target.location(), state, message, WorkCount.NONE, List.of(), 0);
  }

  ImageRun get(PlannedImage image) {
    return Optional.ofNullable(open.get(image.index()))
        .orElseThrow(() -> new IllegalStateException(image.plan().ref() + " is not open"));
  }

  /** Commits an image. */
  ImageOutcome commit(PlannedImage image) {
    ImageRun run = get(image);
    ImageOutcome outcome = run.commit();
    if (outcome.state() == State.DONE) {
      // The lock of a well is held by a run, and its threads are one to it.
      synchronized (open) {
        outcome = run.register(outcome, info);
      }
    }
    open.remove(image.index());
    return outcome;
  }

  /** Undoes an image. */
  ImageOutcome fail(PlannedImage image, String message) {
    ImageOutcome outcome = get(image).fail(message);
    open.remove(image.index());
    return outcome;
  }

  /** Undoes every image that is still open. */
  void abandon(String reason, Tally tally) {
    for (Integer index : List.copyOf(open.keySet())) {
      Optional.ofNullable(open.remove(index)).ifPresent(image -> tally.ended(image.fail(reason)));
    }
  }

  /** As {@link #abandon}, telling nobody; none can be begun any more. */
  void stop() {
    stopped = true;
    open.values().forEach(image -> image.fail(STOPPED));
  }

  boolean isStopped() {
    return stopped;
  }
}
