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
   * Another image has been looked at, to see what there is to do.
   *
   * @param done number of images that were looked at
   * @param images of the run
   */
  default void looked(long done, long images) {}

  /**
   * What lies ahead; called once, when every image has been looked at, and before any call of those
   * below. Not called if nothing can be done, or the run was stopped before.
   */
  default void planned(long images, long objects) {}

  /** The run has come to another phase, later than planning. */
  default void phase(RunPhase now) {}

  /**
   * Tasks have gone on.
   *
   * @param objectsDone in all tasks, also in those that have not ended; parts of objects count as
   *     such. Tasks that are repeated may count twice
   */
  default void running(double objectsDone) {}

  /**
   * Objects were found in label images that no table tells of, where an image is read in tiles.
   *
   * @param objectsFound by all tasks until now. Tasks that are repeated may count twice
   */
  default void found(long objectsFound) {}

  /** A task has ended well. */
  default void progressed(WorkCount work) {}

  /** An image is done, or has failed. */
  default void ended(ImageOutcome outcome) {}
}
