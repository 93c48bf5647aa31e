// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.List;

/**
 * How one image of a run ended.
 *
 * @param input the image
 * @param output where its results went
 * @param state how it ended
 * @param message why it failed or was skipped; {@code ""} if it is done
 * @param work what was done for it; nothing unless it is done
 * @param skipped objects that were left alone because they failed
 * @param seconds from its lock to its end
 */
public record ImageOutcome(
    ImageRef input,
    String output,
    State state,
    String message,
    WorkCount work,
    List<SkippedObject> skipped,
    double seconds) {
  public ImageOutcome {
    skipped = List.copyOf(skipped);
  }

  /** How an image ended. */
  public enum State {
    /** All of it is written. */
    DONE,
    /** An earlier run of the same job has written it. */
    DONE_BEFORE,
    /** It is as it was before the run, because something was wrong with it. */
    FAILED,
    /** It is as it was before the run, because the run was stopped before it was done. */
    STOPPED
  }

  /** An image that is done. */
  public static ImageOutcome done(
      ImageRef input, String output, TaskResult<?> result, double seconds) {
    return new ImageOutcome(
        input, output, State.DONE, "", result.work(), result.skipped(), seconds);
  }

  /** An image that an earlier run has done. */
  public static ImageOutcome doneBefore(ImageRef input, String output, String reason) {
    return new ImageOutcome(input, output, State.DONE_BEFORE, reason, WorkCount.NONE, List.of(), 0);
  }

  /** An image that failed. */
  public static ImageOutcome failed(ImageRef input, String output, String reason, double seconds) {
    return new ImageOutcome(
        input, output, State.FAILED, reason, WorkCount.NONE, List.of(), seconds);
  }

  /** The same image, if it did not fail but was undone when the run was stopped. */
  ImageOutcome asStopped() {
    return new ImageOutcome(input, output, State.STOPPED, message, work, skipped, seconds);
  }

  /** Input and message; the input once, if the message names it already. */
  public String explained() {
    return message.contains(input.toString()) ? message : input + ": " + message;
  }
}
