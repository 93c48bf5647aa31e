// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.util.Optional;
import org.ngffspark.zarr.store.StoreDirectories;
import org.ngffspark.zarr.store.StoreException;

/**
 * A second lock, in the container itself, for as long as a commit takes. A container that is
 * mounted at two places has two areas, and whoever comes by the one does not see a lock in the
 * other; but all see what lies in the container. Whoever gets the guard then finds that its input
 * has changed. A store without directories is mounted nowhere, and has no guard.
 */
final class ImageGuard {
  private static final String NAME = ".ngff-spark";

  /** Where it lies before it is placed and after it was removed. */
  static final String AT_HOME = "guard";

  private final RunDirectory directory;

  ImageGuard(RunDirectory directory) {
    this.directory = directory;
  }

  private static String place(CommitArea area) {
    return area.path().key(NAME);
  }

  /**
   * Places the guard.
   *
   * @throws LockedException if another run has placed one
   */
  void place(LockHolder self) {
    directory.store().directories().ifPresent(directories -> place(self, directories));
  }

  private void place(LockHolder self, StoreDirectories directories) {
    String place = place(directory.area());
    String file = RunDirectory.ownerFile(self.owner());
    directories.write(directory.key(), AT_HOME + "/" + file, self.encode());
    try {
      if (!directories.renameMakingRoom(directory.key(AT_HOME), place)) {
        throw new StoreException("lock", place, "the run has ended");
      }
    } catch (StoreException e) {
      Optional<LockHolder> other = holder(directory.area());
      if (other.isEmpty()) {
        throw e;
      }
      if (!other.get().owner().equals(self.owner())) {
        throw new LockedException(directory.area().path().toString(), other.get());
      }
    }
  }

  /** Who has placed a guard in a container; empty if nobody has. */
  static Optional<LockHolder> holder(CommitArea area) {
    return area.store()
        .directories()
        .flatMap(directories -> directories.names(place(area)).stream().findFirst())
        .map(RunDirectory::ownerOf)
        .flatMap(
            owner ->
                area.store()
                    .read(place(area) + "/" + RunDirectory.ownerFile(owner))
                    .map(bytes -> LockHolder.decode(owner, bytes)));
  }

  /** Removes the guard that was placed here. */
  void remove() {
    directory
        .store()
        .directories()
        .ifPresent(
            directories -> directories.rename(place(directory.area()), directory.key(AT_HOME)));
  }

  /** Removes the guard if one who owned the directory before had placed it. */
  void removeOfPredecessors() {
    Optional<LockHolder> holder = holder(directory.area());
    if (holder.isPresent() && directory.owners().contains(holder.get().owner())) {
      remove();
    }
  }
}
