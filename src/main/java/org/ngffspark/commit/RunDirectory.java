// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;

/**
 * All that one owner has in the area of a container: who it is, what it has staged, what it is
 * about to do. Who owns it owns the container; how that is held, and lost, is a matter of what the
 * store can do.
 */
abstract class RunDirectory {
  /** What the owner has staged. */
  static final String UNITS = "units";

  private static final String OWNER = "owner-";
  private static final String JSON = ".json";

  /** A copy of the journal, written before it. */
  static final String STEPS = "steps.json";

  static final String JOURNAL = "journal.json";

  private final CommitArea area;
  private final String key;
  private final String owner;

  /**
   * @param area of the container
   * @param key of the directory
   * @param owner name that nobody else has: the id of a run, a dot, some digits
   */
  RunDirectory(CommitArea area, String key, String owner) {
    this.area = area;
    this.key = key;
    this.owner = owner;
  }

  final CommitArea area() {
    return area;
  }

  final String key() {
    return key;
  }

  final String owner() {
    return owner;
  }

  final Store store() {
    return area.store();
  }

  /** Store key of something in the directory. */
  final String key(String name) {
    return key + "/" + name;
  }

  static String ownerFile(String owner) {
    return OWNER + owner + JSON;
  }

  /** The owner that a file with such a name tells of. */
  static String ownerOf(String file) {
    return isOwnerFile(file) ? file.substring(OWNER.length(), file.length() - JSON.length()) : file;
  }

  static boolean isOwnerFile(String file) {
    return file.startsWith(OWNER) && file.endsWith(JSON);
  }

  /**
   * Makes it this owner's, if the container is nobody's.
   *
   * @return whether it was nobody's
   */
  abstract boolean claim(LockHolder holder);

  /**
   * Looks whether what says what is to be done was written by somebody who may say it.
   *
   * @throws StoreException if not
   */
  abstract void requireTrusted();

  /**
   * Looks whether staged values can be brought to these keys of the container, and what is there be
   * taken away.
   *
   * @throws StoreException if not
   */
  abstract void requireMovable(Collection<String> targets);

  /**
   * Looks whether these keys of the container lie in it, whatever links there are.
   *
   * @throws StoreException if one does not
   */
  abstract void requireWithin(Collection<String> targets);

  /** Names of all that ever owned the directory. */
  abstract List<String> owners();

  /** Removes what changes that were interrupted left beside these keys of the container. */
  abstract void sweepBeside(Collection<String> targets);

  /** Whether the container is this owner's. */
  abstract boolean isOwned();

  /** Who the owner is; empty if the container is not this owner's any more. */
  abstract Optional<LockHolder> holder();

  /** The run that made the directory, for people, whoever has taken it over since. */
  abstract String name();

  /** Writes anew what the owner says of itself. */
  abstract void say(LockHolder holder);

  /** Tells others that the owner is at work, where they cannot see that otherwise. */
  abstract void renew();

  /**
   * Makes another the owner. Of several that try one succeeds.
   *
   * @return the directory as that owner's; empty if it was not there any more
   */
  abstract Optional<RunDirectory> takeOver(LockHolder next);

  /** Bytes of the journal; empty if there is none. */
  final Optional<ByteBuffer> journal() {
    return store().read(key(JOURNAL));
  }

  /** Bytes of the copy that was written before the journal; empty if there is none. */
  final Optional<ByteBuffer> steps() {
    return store().read(key(STEPS));
  }

  /** Writes the copy, where a journal may be damaged. */
  abstract void writeSteps(ByteBuffer steps);

  /**
   * Writes the journal, unless there is one.
   *
   * @return whether it holds: there was none, and the container is this owner's
   */
  abstract boolean writeJournal(ByteBuffer journal);

  /** Whether a journal that is there, and was written by this owner, holds. */
  abstract boolean isJournalOurs();

  /** Keys of what the commit point rests on. */
  final List<String> records() {
    return List.of(key(STEPS), key(JOURNAL));
  }

  /**
   * Whether any change can have been made although no journal is there.
   *
   * @param staged names of the values that were to be placed
   */
  abstract boolean mayHaveBegun(Collection<String> staged);

  /** Takes steps, in any order, by their numbers in the journal. */
  abstract void change(SortedMap<Integer, JournalEntry> steps);

  /**
   * Takes a value of the container away.
   *
   * @param name tells it from others that this owner takes away
   */
  abstract void take(String target, String name);

  /** Keys of directories with what steps took away, where that is not deleted at once. */
  abstract List<String> gone();

  /** Gives up what is staged for good, so that there is room; the list of the steps goes first. */
  final void discard() {
    store().delete(key(STEPS));
    store().deleteTree(key(UNITS));
  }

  /** Deletes all that an owner who is taken for dead could still bring into the container. */
  abstract void empty();

  /**
   * Gives the container free and says how it was left.
   *
   * @return what is left to be deleted; empty if the container was not this owner's
   */
  abstract Optional<RunDirectory> end(Ending ending);

  /** Removes all of it. */
  abstract void delete();
}
