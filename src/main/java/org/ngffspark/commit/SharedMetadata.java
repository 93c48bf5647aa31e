// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.ngffspark.zarr.store.StorePath;

/**
 * Metadata of a group that several runs change, such as the list of images of a well. Each changes
 * what lies there while it owns the group, so that nothing of the others is lost, and writes it as
 * an image is written: wholly or not at all, and not any more if it was taken for dead.
 */
public final class SharedMetadata {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private SharedMetadata() {}

  /**
   * Changes the metadata of a group while no other run does.
   *
   * @param change changes a copy of the group's own metadata files, which lie in the root of a
   *     store in memory
   * @throws LockedException if another run keeps the group for a minute
   */
  public static void change(StorePath group, RunInfo run, Consumer<StorePath> change) {
    try (ImageTransaction transaction = begin(group, run)) {
      MetadataDraft draft = new MetadataDraft();
      draft.copy(group, "");
      change.accept(draft.root());
      commit(transaction, group, draft.edits());
    }
  }

  /** Takes copies of other metadata out of a group's own file. */
  static void removeCopies(StorePath group, RunInfo run) {
    try (ImageTransaction transaction = begin(group, run)) {
      commit(transaction, group, StaleCopies.edits(group, Set.of("")));
    }
  }

  private static void commit(
      ImageTransaction transaction, StorePath group, List<MetadataEdit> edits) {
    if (!edits.isEmpty()) {
      transaction.commit(List.of(), edits, CommitInputs.of(group));
    }
  }

  private static ImageTransaction begin(StorePath group, RunInfo run) {
    long start = System.nanoTime();
    while (true) {
      try {
        return ImageTransaction.begin(group, run, CommitOptions.standard());
      } catch (LockedException locked) {
        if (locked.isDead()) {
          new Recovery(run, Set.of()).recover(group);
        } else if (System.nanoTime() - start > PATIENCE.toNanos()) {
          throw locked;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
