// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.List;
import org.ngffspark.commit.RecoveryReport;
import org.ngffspark.job.ImageOutcome.State;

/** Counts how the images of a run end, and tells the listener, one call at a time. */
public final class Tally {
  private final RunListener listener;
  private long done;
  private long doneBefore;
  private long failed;
  private WorkCount work = WorkCount.NONE;

  public Tally(RunListener listener) {
    this.listener = listener;
  }

  public synchronized void recovered(RecoveryReport report) {
    listener.recovered(report);
  }

  public synchronized void planned(long images, long objects) {
    listener.planned(images, objects);
  }

  public synchronized void progressed(WorkCount part) {
    listener.progressed(part);
  }

  public synchronized void ended(ImageOutcome outcome) {
    switch (outcome.state()) {
      case DONE -> {
        done++;
        work = work.plus(outcome.work());
      }
      case DONE_BEFORE -> doneBefore++;
      case FAILED -> failed++;
    }
    listener.ended(outcome);
  }

  public synchronized RunResult result() {
    return new RunResult(done, doneBefore, failed, work);
  }

  /**
   * Refuses a run in which no image can be done.
   *
   * @param ended how images ended before any work
   * @throws IllegalArgumentException if all have failed; the message is that of the first
   */
  public static void requireSome(List<ImageOutcome> ended, int images) {
    List<ImageOutcome> failed =
        ended.stream().filter(outcome -> outcome.state() == State.FAILED).toList();
    if (failed.size() == images) {
      ImageOutcome first = failed.get(0);
      String others = images == 1 ? "" : " (and " + (images - 1) + " images more)";
      throw new IllegalArgumentException(first.input() + ": " + first.message() + others);
    }
  }
}
