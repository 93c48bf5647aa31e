// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import org.ngffspark.commit.RecoveryReport;

/**
 * Hears of a run while it runs. Calls come one at a time, on a thread of their own: one that takes
 * long delays the calls after it and nothing else.
 */
public interface RunListener {
  /** What a dead run had left of an image was put right, or could not be. */
  default void recovered(RecoveryReport report) {}

  /**
   * What lies ahead; called once, when every image has been looked at, and before any call of those
   * below. Not called if nothing can be done, or the run was stopped before.
   */
  default void planned(long images, long objects) {}

  /** A task has ended well. */
  default void progressed(WorkCount work) {}

  /** An image is done, or has failed. */
  default void ended(ImageOutcome outcome) {}
}
