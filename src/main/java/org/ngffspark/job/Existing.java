// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import org.ngffspark.history.JobDecision;

/** What happens to something that lies where a result goes. */
public enum Existing {
  /** The image fails, nothing is touched. */
  REFUSE,
  /** It is replaced, in one step at the end. */
  REPLACE;

  /** What is done of a job whose result lies there, or of another one's. */
  public JobDecision decide(JobDecision found) {
    return this == REPLACE ? found.replacing() : found;
  }
}
