// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import org.ngffspark.history.JobDecision;
import org.ngffspark.history.Repeat;

/**
 * Files that tasks write, each as a whole.
 *
 * @param location where people find them
 * @param ending what is left to do when all files of an image are there
 * @param decision whether the image is to be done
 */
public record FilesTarget<V>(String location, Ending<V> ending, Decision decision)
    implements ImageTarget<V> {

  /** For an image that is done in any case; files that are there are replaced. */
  public FilesTarget(String location, Ending<V> ending) {
    this(location, ending, (image, repeat) -> JobDecision.run());
  }

  @Override
  public JobDecision decide(OpenedImage image, Repeat repeat) {
    return decision.decide(image, repeat);
  }

  /** Ends an image on the driver. */
  @FunctionalInterface
  public interface Ending<V> {
    /**
     * Does what is left to do; what it throws fails the image.
     *
     * @param all what the tasks have returned
     */
    void end(OpenedImage image, TaskResult<V> all);
  }

  /** Says whether an image is to be done, see {@link ImageTarget#decide}. */
  @FunctionalInterface
  public interface Decision {
    JobDecision decide(OpenedImage image, Repeat repeat);
  }
}
