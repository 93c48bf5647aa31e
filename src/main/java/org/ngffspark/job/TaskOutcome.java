// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;

/**
 * What a task came to. A failure of one image is a value like any other: as an exception it would
 * stop the tasks of all other images.
 */
public sealed interface TaskOutcome<T> extends Serializable {

  /** It is done. */
  record Done<T>(T value) implements TaskOutcome<T> {}

  /** It cannot be done for this image. */
  record Failed<T>(String message) implements TaskOutcome<T> {}
}
