// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.List;

/** Something that is done with each of many images. */
public interface ImageJob {

  /**
   * Does it and waits for the end. An image that fails does not stop the others.
   *
   * @param images each once
   * @param listener hears how each image ends
   * @throws IllegalArgumentException if nothing can be done for any image; nothing is touched
   */
  RunResult execute(List<ImageRef> images, RunListener listener);

  /** Stops the job from another thread: what is not finished is undone. */
  void stop();
}
