// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.List;
import org.ngffspark.samples.ImageSample;

/**
 * How one image of a run ended.
 *
 * @param input the image
 * @param output where its results went
 * @param state how it ended
 * @param message why it failed or was skipped; {@code ""} if it is done
 * @param work what was done for it; nothing unless it is done
 * @param skipped objects that were left alone because they failed
 * @param remarks what there is to say of it, the same words for images of which the same holds
 * @param seconds from its lock to its end
 * @param sample what the run shows of it
 */
public record ImageOutcome(
    ImageRef input,
    String output,
    State state,
    String message,
    WorkCount work,
    List<SkippedObject> skipped,
    List<String> remarks,
    double seconds,
    ImageSample sample) {
  public ImageOutcome {
    skipped = List.copyOf(skipped);
    remarks = List.copyOf(remarks);
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
      ImageRef input, String output, TaskResult<?> result, List<String> remarks, double seconds) {
    return new ImageOutcome(
        input,
        output,
        State.DONE,
        "",
        result.work(),
        result.skipped(),
        remarks,
        seconds,
        ImageSample.NONE);
  }

  /** An image that an earlier run has done. */
  public static ImageOutcome doneBefore(ImageRef input, String output, String reason) {
    return new ImageOutcome(
        input,
        output,
        State.DONE_BEFORE,
        reason,
        WorkCount.NONE,
        List.of(),
        List.of(),
        0,
        ImageSample.NONE);
  }

  /** An image that failed. */
  public static ImageOutcome failed(ImageRef input, String output, String reason, double seconds) {
    return new ImageOutcome(
        input,
        output,
        State.FAILED,
        reason,
        WorkCount.NONE,
        List.of(),
        List.of(),
        seconds,
        ImageSample.NONE);
  }

  /** The same image, if it did not fail but was undone when the run was stopped. */
  ImageOutcome asStopped() {
    return new ImageOutcome(
        input, output, State.STOPPED, message, work, skipped, remarks, seconds, sample);
  }

  /** The same with this to show. */
  ImageOutcome withSample(ImageSample shown) {
    return new ImageOutcome(input, output, state, message, work, skipped, remarks, seconds, shown);
  }

  /** Input and message; places in the input that the message names as seen from there. */
  public String explained() {
    String place = input.toString();
    String inside = message.replace("file://" + place + "/", "").replace(place + "/", "");
    return inside.startsWith(place + ": ") ? inside : place + ": " + inside;
  }
}
