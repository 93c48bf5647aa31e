// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import org.ngffspark.job.TaskResult;
import org.ngffspark.plan.Assignment.TileLabels;

/** What the task of a tile is sent by tasks before it. */
sealed interface TileMessage extends Serializable {
  /** Labels that it computes. */
  record Labels(TileLabels labels) implements TileMessage {}

  /** What another tile has for it. */
  record FromTile(Serializable message) implements TileMessage {}

  /** What tasks before it have done. */
  record Before(TaskResult<?> result) implements TileMessage {}

  /** The image cannot be done. */
  record Failed(String message) implements TileMessage {}
}
