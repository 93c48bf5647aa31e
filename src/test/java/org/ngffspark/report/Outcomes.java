// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.SkippedObject;
import org.ngffspark.job.WorkCount;
import org.ngffspark.samples.ImageSample;

/** Ends of images, and a clock that is set by hand. */
final class Outcomes {
  static final class Clock implements InstantSource {
    private Instant now = Instant.parse("2026-11-01T02:00:00Z");

    void pass(double seconds) {
      now = now.plus(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private Outcomes() {}

  static WorkCount work(long objects) {
    return new WorkCount(objects, 6, 2, 5, 3, 10_000_000, 5_000_000, 1000 * objects, 0, Map.of());
  }

  static ImageOutcome done(String image, long objects) {
    return outcome(image, State.DONE, "", work(objects), List.of());
  }

  static ImageOutcome doneBefore(String image) {
    return outcome(image, State.DONE_BEFORE, "done by the same job", WorkCount.NONE, List.of());
  }

  static ImageOutcome stopped(String image) {
    return outcome(image, State.STOPPED, "the run was stopped", WorkCount.NONE, List.of());
  }

  static ImageOutcome failed(String image, String message) {
    return outcome(image, State.FAILED, message, WorkCount.NONE, List.of());
  }

  static ImageOutcome skipping(String image, long label, String reason) {
    WorkCount work = work(3).plus(new WorkCount(0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of("no ring", 2L)));
    return outcome(image, State.DONE, "", work, List.of(new SkippedObject(label, reason)));
  }

  static ImageOutcome repeating(String image, long requests) {
    WorkCount work = work(1).plus(WorkCount.requestsRepeated(requests));
    return outcome(image, State.DONE, "", work, List.of());
  }

  private static ImageOutcome outcome(
      String image, State state, String message, WorkCount work, List<SkippedObject> skipped) {
    ImageRef ref = new ImageRef(URI.create("file:///data/plate.zarr"), image);
    return new ImageOutcome(
        ref, ref + "_x", state, message, work, skipped, List.of(), 1.25, ImageSample.NONE);
  }
}
