// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import org.ngffspark.commit.RecoveryReport;

/** Hears of a run while it runs. Calls come one at a time, from any thread. */
public interface RunListener {

  /** What a dead run had left of an image was put right, or could not be. */
  default void recovered(RecoveryReport report) {}

  /** What lies ahead; called once, when every image has been looked at. */
  default void planned(long images, long objects) {}

  /** A task has ended well. */
  default void progressed(WorkCount work) {}

  /** An image is done, or has failed. */
  default void ended(ImageOutcome outcome) {}
}
