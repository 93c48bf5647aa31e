// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import org.ngffspark.job.TaskResult;
import org.ngffspark.plan.Assignment.TileLabels;
import org.ngffspark.plan.FragmentBatch;

/** What the task of a tile is sent by tasks before it. */
sealed interface TileMessage extends Serializable {

  /** Labels that it computes. */
  record Labels(TileLabels labels) implements TileMessage {}

  /** Parts of labels that another task has computed. */
  record Fragments(FragmentBatch batch) implements TileMessage {}

  /** What tasks before it have read and counted. */
  record Before(TaskResult result) implements TileMessage {}

  /** The image cannot be done. */
  record Failed(String message) implements TileMessage {}
}
