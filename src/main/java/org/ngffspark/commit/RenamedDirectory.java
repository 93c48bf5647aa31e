// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.ngffspark.zarr.store.StoreDirectories;
import org.ngffspark.zarr.store.StoreException;

/**
 * The directory of an owner on a store that renames directories in one step. That it is there is
 * the lock; it bears the name of its owner, and whoever takes it over renames it. So an owner that
 * was taken for dead and goes on finds nothing that it could move, and no place to move anything
 * to.
 */
final class RenamedDirectory extends RunDirectory {
  /** What a commit deletes goes here first; a tree goes beside it, under a name that begins so. */
  private static final String GONE = "gone";

  /**
   * @param area of the container
   * @param key of the directory
   * @param owner its name in the end
   */
  RenamedDirectory(CommitArea area, String key, String owner) {
    super(area, key, owner);
  }

  StoreDirectories directories() {
    return area().directories();
  }

  @Override
  boolean claim(LockHolder holder) {
    return directories()
        .claim(area().owned(), owner() + "/" + ownerFile(owner()), holder.encode(), area().root());
  }

  @Override
  void requireTrusted() {
    List<String> keys = new ArrayList<>(List.of(key(), key(STEPS), key(JOURNAL)));
    owners().forEach(name -> keys.add(key(ownerFile(name))));
    area().requireTrusted(keys);
  }

  @Override
  void requireMovable(Collection<String> targets) {
    directories()
        .requireMovable(
            key(), targets.stream().map(area().path()::key).toList(), area().container());
  }

  @Override
  void requireWithin(Collection<String> targets) {
    directories()
        .requireWithin(targets.stream().map(area().path()::key).toList(), area().container());
  }

  @Override
  List<String> owners() {
    return directories().names(key()).stream()
        .filter(RunDirectory::isOwnerFile)
        .map(RunDirectory::ownerOf)
        .toList();
  }

  @Override
  void sweepBeside(Collection<String> targets) {
    directories()
        .sweepBeside(targets.stream().map(area().path()::key).toList(), area().surroundings());
  }

  @Override
  boolean isOwned() {
    return store().status(key(ownerFile(owner()))).isPresent();
  }

  @Override
  Optional<LockHolder> holder() {
    return holder(owner());
  }

  @Override
  String name() {
    Optional<LockHolder> now = holder();
    return now.flatMap(each -> holder(each.firstOwner()))
        .or(() -> now)
        .map(LockHolder::toString)
        .orElseGet(() -> "run " + LockHolder.runOf(owner()));
  }

  private Optional<LockHolder> holder(String name) {
    return store().read(key(ownerFile(name))).map(bytes -> LockHolder.decode(name, bytes));
  }

  @Override
  void say(LockHolder holder) {
    directories().write(key(), ownerFile(owner()), holder.encode());
  }

  @Override
  void renew() {
    // whether its process lives is seen where it runs
  }

  @Override
  Optional<RunDirectory> takeOver(LockHolder next) {
    RunDirectory taken = area().ownedBy(next.owner());
    try {
      directories().write(key(), ownerFile(next.owner()), next.encode());
    } catch (StoreException e) {
      if (isOwned()) {
        throw e;
      }
      return Optional.empty();
    }
    return renamed(taken);
  }

  @Override
  void writeSteps(ByteBuffer steps) {
    directories().write(key(), STEPS, steps);
  }

  @Override
  boolean writeJournal(ByteBuffer journal) {
    return directories().writeIfAbsent(key(), JOURNAL, journal);
  }

  @Override
  boolean isJournalOurs() {
    return true;
  }

  @Override
  boolean mayHaveBegun(Collection<String> staged) {
    return directories().names(key()).stream().anyMatch(name -> name.startsWith(GONE))
        || staged.stream().anyMatch(name -> store().status(key(name)).isEmpty());
  }

  @Override
  void change(SortedMap<Integer, JournalEntry> steps) {
    steps.forEach(
        (step, entry) -> {
          if (entry.isTree()) {
            takeTree(area().path().key(entry.target()), GONE + "-" + step);
          } else if (entry.isDeletion()) {
            take(area().path().key(entry.target()), Integer.toString(step));
          } else {
            store().move(key(entry.staged()), area().path().key(entry.target()));
          }
        });
  }

  @Override
  void take(String target, String name) {
    directories().moveInto(target, key(), GONE + "/" + name);
  }

  /** In one step; one file after the other where a file system has none for this directory. */
  private void takeTree(String target, String name) {
    try {
      directories().rename(target, key(name));
    } catch (StoreException inOneStep) {
      int prefix = target.length() + 1;
      try {
        for (String file : store().list(target)) {
          directories().moveInto(file, key(), name + "-each/" + file.substring(prefix));
        }
      } catch (StoreException e) {
        e.addSuppressed(inOneStep);
        throw e;
      }
    }
  }

  @Override
  List<String> gone() {
    return directories().names(key()).stream()
        .filter(name -> name.startsWith(GONE))
        .map(this::key)
        .toList();
  }

  @Override
  void empty() {
    store().deleteTree(key(UNITS));
    gone().forEach(store()::deleteTree);
    store().deleteTree(key(ImageGuard.AT_HOME));
  }

  @Override
  Optional<RunDirectory> end(Ending ending) {
    return renamed(area().endedBy(owner(), ending));
  }

  /** The directory under another name; empty if it was not there, or another's. */
  private Optional<RunDirectory> renamed(RunDirectory next) {
    try {
      return directories().rename(key(), next.key()) ? Optional.of(next) : Optional.empty();
    } catch (StoreException e) {
      if (isRenamed(next, e)) {
        return Optional.of(next);
      }
      throw e;
    }
  }

  /** A rename that fails may have been done: the answer got lost. */
  private boolean isRenamed(RunDirectory next, StoreException failure) {
    try {
      return !isOwned() && next.isOwned();
    } catch (StoreException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  @Override
  void delete() {
    store().deleteTree(key());
  }
}
