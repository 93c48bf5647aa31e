// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;

/** Work on an image that needs the results of all its tiles. Travels to the task that does it. */
@FunctionalInterface
public interface FollowUp<V> extends Serializable {
  /** Does it; errors are those of {@link ObjectTask#run}. */
  TaskResult<V> run(OpenedImage image);
}
