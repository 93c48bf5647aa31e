// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.List;
import org.ngffspark.job.ImageOutcome.State;

/**
 * How a run ended.
 *
 * @param images how each image ended, in the order in which they were given
 */
public record RunResult(List<ImageOutcome> images) {
  public RunResult {
    images = List.copyOf(images);
  }

  private long count(State state) {
    return images.stream().filter(image -> image.state() == state).count();
  }

  /** Number of images that were done. */
  public long done() {
    return count(State.DONE);
  }

  /** Number of images that an earlier run of the same job had done. */
  public long doneBefore() {
    return count(State.DONE_BEFORE);
  }

  /** Number of images that are as they were, because something was wrong with them. */
  public long failed() {
    return count(State.FAILED);
  }

  /** Number of images that are as they were, because the run was stopped. */
  public long stopped() {
    return count(State.STOPPED);
  }

  /** What was done for all images. */
  public WorkCount work() {
    return images.stream().map(ImageOutcome::work).reduce(WorkCount.NONE, WorkCount::plus);
  }
}
