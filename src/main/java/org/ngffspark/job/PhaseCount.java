// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.List;
import java.util.function.Consumer;

/** Tells when the last image of a run comes to a phase. Thread-safe. */
final class PhaseCount {
  private final Consumer<RunPhase> listener;
  private long tiles;
  private long tiled;

  PhaseCount(Consumer<RunPhase> listener) {
    this.listener = listener;
  }

  /** All images whose tasks are to run. */
  synchronized void start(List<PlannedImage> images) {
    tiles = images.stream().mapToLong(image -> image.tiles().count()).sum();
    tiled = images.stream().filter(image -> !image.isSingleTile()).count();
  }

  synchronized void tileEnded() {
    tiles--;
    tell();
  }

  /** All that follows the tiles of an image in several tiles is done, or was given up. */
  synchronized void levelsEnded() {
    tiled--;
    tell();
  }

  private void tell() {
    if (tiles == 0) {
      listener.accept(tiled > 0 ? RunPhase.LEVELS : RunPhase.COMMITTING);
    }
  }
}
