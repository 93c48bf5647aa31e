// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.List;

/**
 * How one image of a run ended.
 *
 * @param input the image
 * @param output where its pixels went
 * @param state how it ended
 * @param message why it failed or was skipped; {@code ""} if it is done
 * @param work what was done for it
 * @param skipped objects that kept their pixels because their transform threw
 * @param seconds from the start of its first task to its commit
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
    /** It is as it was before the run. */
    FAILED
  }
}
