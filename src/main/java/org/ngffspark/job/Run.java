// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.List;
import org.ngffspark.commit.RunInfo;

/** Something that is done with each of many images. */
public interface Run {
  /** Which run this is: its id is in locks, journals and manifest. */
  RunInfo info();

  /**
   * Does it and waits for the end. An image that fails does not stop the others, unless the run is
   * to end then. May be called once.
   *
   * @param images each once
   * @param listener hears how each image ends
   * @throws NothingBegunException if nothing can be done for any image
   * @throws IllegalArgumentException if there is no image
   */
  RunResult execute(List<ImageRef> images, RunListener listener);

  /** Says what it would take; nothing is locked or written. */
  Estimate estimate(List<ImageRef> images);

  /**
   * Stops the run from another thread: what is not finished is undone, commits in flight are
   * finished. Returns when all that is to be undone is undone.
   */
  void stop();
}
