// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import org.ngffspark.plan.Assignment.TileLabels;

/** What the tiles of an image do first, where they send each other something. Immutable. */
public interface Sender<M extends Serializable, V extends Serializable> extends Serializable {

  /** Whether a tile with these labels has something to send. */
  boolean isNeeded(TileLabels labels);

  /** What a tile sends to others, and to itself; it has not received anything. */
  Sent<M, V> send(OpenedImage image, Tile<M> tile);
}
