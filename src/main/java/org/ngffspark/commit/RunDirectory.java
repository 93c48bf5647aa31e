// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreDirectories;
import org.ngffspark.zarr.store.StoreException;

/**
 * All that one owner has in the area of a container: who it is, what it has staged, what it is
 * about to do, what it has taken away. That the directory is there is the lock; it bears the name
 * of its owner, and whoever takes it over renames it. So an owner that was taken for dead and goes
 * on finds nothing that it could move, and no place to move anything to.
 *
 * @param area of the container
 * @param key of the directory
 * @param owner name that nobody else has: the id of a run, a dot, some digits
 */
record RunDirectory(CommitArea area, String key, String owner) {
  /** What the owner has staged. */
  static final String UNITS = "units";

  /** What a commit deletes goes here first. */
  private static final String GONE = "gone";

  private static final String OWNER = "owner-";
  private static final String JSON = ".json";

  /** A copy of the journal, written before it. */
  private static final String STEPS = "steps.json";

  private static final String JOURNAL = "journal.json";

  private Store store() {
    return area.store();
  }

  StoreDirectories directories() {
    return area.directories();
  }

  /** Store key of something in the directory. */
  String key(String name) {
    return key + "/" + name;
  }

  static String ownerFile(String owner) {
    return OWNER + owner + JSON;
  }

  /** The owner that a file with such a name tells of. */
  static String ownerOf(String file) {
    return file.startsWith(OWNER) && file.endsWith(JSON)
        ? file.substring(OWNER.length(), file.length() - JSON.length())
        : file;
  }

  /**
   * Makes the directory, if there is none of anybody.
   *
   * @return whether there was none
   */
  boolean claim(LockHolder holder) {
    return directories()
        .claim(area.owned(), owner + "/" + ownerFile(owner), holder.encode(), area.root());
  }

  /**
   * Looks whether what says what is to be done was written by somebody who may say it.
   *
   * @throws StoreException if not
   */
  void requireTrusted() {
    List<String> keys = new ArrayList<>(List.of(key, key(STEPS), key(JOURNAL)));
    owners().forEach(name -> keys.add(key(ownerFile(name))));
    area.requireTrusted(keys);
  }

  /**
   * Looks whether staged values can be moved to these keys of the container, and from there here.
   *
   * @throws StoreException if not
   */
  void requireMovable(Collection<String> targets) {
    directories()
        .requireMovable(key, targets.stream().map(area.path()::key).toList(), area.container());
  }

  /**
   * Looks whether these keys of the container lie in it, whatever links there are.
   *
   * @throws StoreException if one does not
   */
  void requireWithin(Collection<String> targets) {
    directories().requireWithin(targets.stream().map(area.path()::key).toList(), area.container());
  }

  /** Names of all that ever owned the directory. */
  List<String> owners() {
    return directories().names(key).stream()
        .filter(name -> name.startsWith(OWNER) && name.endsWith(JSON))
        .map(RunDirectory::ownerOf)
        .toList();
  }

  /** Removes what moves that were interrupted left beside these keys of the container. */
  void sweepBeside(Collection<String> targets) {
    directories().sweepBeside(targets.stream().map(area.path()::key).toList(), area.surroundings());
  }

  /** Whether the directory is there and this owner's. */
  boolean isOwned() {
    return store().status(key(ownerFile(owner))).isPresent();
  }

  /** Who the owner is; empty if there is no such directory any more. */
  Optional<LockHolder> holder() {
    return holder(owner);
  }

  /** The run that made the directory, for people, whoever has taken it over since. */
  String name() {
    Optional<LockHolder> now = holder();
    return now.flatMap(each -> holder(each.firstOwner()))
        .or(() -> now)
        .map(LockHolder::toString)
        .orElseGet(() -> "run " + LockHolder.runOf(owner));
  }

  private Optional<LockHolder> holder(String name) {
    return store().read(key(ownerFile(name))).map(bytes -> LockHolder.decode(name, bytes));
  }

  /** Writes anew what the owner says of itself. */
  void say(LockHolder holder) {
    directories().write(key, ownerFile(owner), holder.encode());
  }

  /**
   * Makes another the owner. Of several that try one succeeds.
   *
   * @return the directory under its new name; empty if it was not there any more
   */
  Optional<RunDirectory> takeOver(LockHolder next) {
    RunDirectory taken = area.ownedBy(next.owner());
    try {
      directories().write(key, ownerFile(next.owner()), next.encode());
    } catch (StoreException e) {
      if (isOwned()) {
        throw e;
      }
      return Optional.empty();
    }
    return renamed(taken);
  }

  /** Bytes of the journal; empty if there is none. */
  Optional<ByteBuffer> journal() {
    return store().read(key(JOURNAL));
  }

  /** Bytes of the copy that was written before the journal; empty if there is none. */
  Optional<ByteBuffer> steps() {
    return store().read(key(STEPS));
  }

  void writeSteps(ByteBuffer steps) {
    directories().write(key, STEPS, steps);
  }

  /**
   * Writes the journal, unless there is one.
   *
   * @return whether there was none
   */
  boolean writeJournal(ByteBuffer journal) {
    return directories().writeIfAbsent(key, JOURNAL, journal);
  }

  /** Keys of what the commit point rests on. */
  List<String> records() {
    return List.of(key(STEPS), key(JOURNAL));
  }

  /** Whether something was taken away already. */
  boolean hasTaken() {
    return !directories().names(key(GONE)).isEmpty();
  }

  /**
   * Takes a value of the container away.
   *
   * @param name tells it from others that this owner takes away
   */
  void take(String target, String name) {
    directories().moveInto(target, key, GONE + "/" + name);
  }

  /** Puts a staged value in its place. */
  void put(String name, String target) {
    store().move(key(name), target);
  }

  /** Gives up what is staged for good, so that there is room; the list of the steps goes first. */
  void discard() {
    store().delete(key(STEPS));
    store().deleteTree(key(UNITS));
  }

  /** Deletes all that could be moved from here. */
  void empty() {
    store().deleteTree(key(UNITS));
    store().deleteTree(key(GONE));
    store().deleteTree(key(ImageGuard.AT_HOME));
  }

  /**
   * Gives the container free and says how it was left, in one step.
   *
   * @return what is left to be deleted; empty if the directory was not there, or another's
   */
  Optional<RunDirectory> end(Ending ending) {
    return renamed(area.endedBy(owner, ending));
  }

  /** The directory under another name; empty if it was not there, or another's. */
  private Optional<RunDirectory> renamed(RunDirectory next) {
    try {
      return directories().rename(key, next.key) ? Optional.of(next) : Optional.empty();
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

  void delete() {
    store().deleteTree(key);
  }
}
