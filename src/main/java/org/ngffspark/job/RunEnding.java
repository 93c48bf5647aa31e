// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.List;

/**
 * What is made of the results of several images, when the last image of a run has ended.
 *
 * @param steps what tasks do side by side; none relies on another
 * @param last what the driver does when all of them are done
 */
public record RunEnding(List<Step> steps, Runnable last) {
  public RunEnding {
    steps = List.copyOf(steps);
  }

  /** Done by one task, and perhaps more than once, after a failure or by speculation. */
  @FunctionalInterface
  public interface Step extends Serializable {
    /** Does it; what it throws ends the run. */
    void run();
  }
}
