// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import org.ngffspark.history.JobDecision;
import org.ngffspark.history.Repeat;

/**
 * Where the results for one image of a run go: files that tasks have written themselves, or a
 * container that is changed as a whole.
 */
public sealed interface ImageTarget<V> permits FilesTarget, ContainerTarget {
  /** Where people find the result. */
  String location();

  /**
   * Whether the image is to be done, when it is locked and planned.
   *
   * @param image as it was planned; opening what the plan has read reads nothing
   */
  default JobDecision decide(OpenedImage image, Repeat repeat) {
    return JobDecision.run();
  }
}
