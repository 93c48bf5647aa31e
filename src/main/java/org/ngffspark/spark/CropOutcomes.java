// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ngffspark.crops.CropSpec;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImagePlan;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.Tally;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.WorkCount;

/** Which images of a run of crops are still at work, and how the others ended. Thread-safe. */
final class CropOutcomes {

  /** What tasks need of a run, sent to executors once. */
  record PlannedCrops(CropSpec spec, List<String> folders, List<ImagePlan> images)
      implements Serializable {}

  /** An image at work. */
  private static final class Open {
    private final ImageRef ref;
    private final long start = System.nanoTime();
    private int tiles;
    private String failure = "";
    private WorkCount work = WorkCount.NONE;

    Open(ImagePlan plan) {
      this.ref = plan.ref();
      this.tiles = plan.tiles().count();
    }
  }

  private final CropsJob.Request request;
  private final Tally tally;
  private final Map<Integer, Open> open = new TreeMap<>();

  CropOutcomes(CropsJob.Request request, Tally tally) {
    this.request = request;
    this.tally = tally;
  }

  /**
   * Tells which images cannot be done; the others are at work from now on.
   *
   * @return the plans of those others
   * @throws IllegalArgumentException if none can be done
   */
  synchronized List<ImagePlan> begin(List<ImageRef> images, List<TaskOutcome<ImagePlan>> plans) {
    List<ImagePlan> planned = new ArrayList<>();
    List<ImageOutcome> failures = new ArrayList<>();
    for (int index = 0; index < images.size(); index++) {
      if (plans.get(index) instanceof TaskOutcome.Done<ImagePlan> plan) {
        open.put(planned.size(), new Open(plan.value()));
        planned.add(plan.value());
      } else if (plans.get(index) instanceof TaskOutcome.Failed<ImagePlan> failed) {
        failures.add(
            new ImageOutcome(
                images.get(index),
                "",
                State.FAILED,
                failed.message(),
                WorkCount.NONE,
                List.of(),
                0));
      }
    }
    Tally.requireSome(failures, images.size());
    tally.planned(images.size(), planned.stream().mapToLong(ImagePlan::objects).sum());
    failures.forEach(tally::ended);
    return planned;
  }

  /** One tile of an image has ended; with the last one the image ends. */
  synchronized void tile(int index, TaskOutcome<WorkCount> outcome) {
    Open image = open.get(index);
    image.tiles--;
    if (outcome instanceof TaskOutcome.Failed<WorkCount> failed) {
      image.failure = image.failure.isEmpty() ? failed.message() : image.failure;
    } else if (outcome instanceof TaskOutcome.Done<WorkCount> done) {
      image.work = image.work.plus(done.value());
      tally.progressed(done.value());
    }
    if (image.tiles == 0) {
      open.remove(index);
      end(image, image.failure);
    }
  }

  /** Ends every image that is still at work. */
  synchronized void abandon(String reason) {
    open.values().forEach(image -> end(image, reason));
    open.clear();
  }

  private void end(Open image, String failure) {
    String folder = request.folders().get(image.ref);
    ImageRef output = new ImageRef(request.spec().directory(), folder);
    State state = failure.isEmpty() ? State.DONE : State.FAILED;
    double seconds = (System.nanoTime() - image.start) / 1e9;
    tally.ended(
        new ImageOutcome(
            image.ref, output.toString(), state, failure, image.work, List.of(), seconds));
  }
}
