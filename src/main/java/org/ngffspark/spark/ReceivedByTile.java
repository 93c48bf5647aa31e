// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.ngffspark.job.PlannedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.TileKey;
import org.ngffspark.plan.Assignment.TileLabels;
import org.ngffspark.plan.LabelBatch;
import scala.Tuple2;

/** The messages that one tile has received, put together. Not safe for several threads. */
final class ReceivedByTile<M extends Serializable, V extends Serializable> {
  private final List<LabelBatch> inner = new ArrayList<>();
  private final List<LabelBatch> crossing = new ArrayList<>();
  private final List<M> messages = new ArrayList<>();
  private final TaskResult.Sum<V> before = new TaskResult.Sum<>();
  private Optional<String> failure = Optional.empty();

  /** Adds messages to one tile, and says to which; empty if there is none. */
  Optional<TileKey> addAll(Iterator<Tuple2<TileKey, TileMessage>> all) {
    Optional<TileKey> tile = Optional.empty();
    while (all.hasNext()) {
      Tuple2<TileKey, TileMessage> message = all.next();
      tile = Optional.of(message._1());
      add(message._2());
    }
    return tile;
  }

  @SuppressWarnings("unchecked")
  private void add(TileMessage message) {
    if (message instanceof TileMessage.Labels labels) {
      inner.add(labels.labels().inner());
      crossing.add(labels.labels().crossing());
    } else if (message instanceof TileMessage.FromTile other) {
      // What the task's sender has sent.
      messages.add((M) other.message());
    } else if (message instanceof TileMessage.Before earlier) {
      before.add((TaskResult<V>) earlier.result());
    } else if (message instanceof TileMessage.Failed failed) {
      failure = failure.or(() -> Optional.of(failed.message()));
    }
  }

  /** Whether there is nothing to compute. */
  boolean isEmpty() {
    TileLabels labels = labels();
    return messages.isEmpty() && labels.inner().isEmpty() && labels.crossing().isEmpty();
  }

  /** Why the image cannot be done, if so. */
  Optional<String> failure() {
    return failure;
  }

  /** What tasks before this one have done. */
  TaskResult<V> before() {
    return before.result();
  }

  TileLabels labels() {
    return new TileLabels(LabelBatch.merge(inner), LabelBatch.merge(crossing));
  }

  Tile<M> tile(PlannedImage image, int index) {
    TileLabels labels = labels();
    return new Tile<>(image.tiles(), index, labels.inner(), labels.crossing(), messages);
  }
}
