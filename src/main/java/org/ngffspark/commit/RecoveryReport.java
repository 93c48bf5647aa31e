// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

/**
 * What a recovery found at one container, and did or would do.
 *
 * @param container which one
 * @param outcome what state it is in now
 * @param detail a sentence for people; names the run where there is one
 */
public record RecoveryReport(String container, Outcome outcome, String detail) {

  /** What became of it, the more serious the later. */
  public enum Outcome {
    /** There was nothing to do. */
    NOTHING,
    /** A run that had not committed was undone: the container is as before it. */
    UNDONE,
    /** A run that had committed was finished: the container is as after it. */
    FINISHED,
    /** A run or another recovery is at work, or may be: nothing was touched. */
    BUSY,
    /** It could not be done for a reason that the detail says; it may be tried again. */
    FAILED
  }

  /** Whether the container may still be in between. */
  public boolean isOpen() {
    return outcome == Outcome.BUSY || outcome == Outcome.FAILED;
  }

  /** What holds of the same container by this report and another, the more serious one leading. */
  RecoveryReport and(RecoveryReport other) {
    Outcome worse = outcome.compareTo(other.outcome) >= 0 ? outcome : other.outcome;
    return new RecoveryReport(container, worse, detail + "; " + other.detail);
  }

  @Override
  public String toString() {
    return container + ": " + detail;
  }
}
