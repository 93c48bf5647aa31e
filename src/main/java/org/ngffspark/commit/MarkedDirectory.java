// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.zarr.store.StoreConditions;
import org.ngffspark.zarr.store.StoreException;

/**
 * What an owner has on a store without renames, which creates a key for one caller only. The lock
 * is such a key, which names the first owner and lies beside the owners' directory; whoever takes
 * over creates the next of a row of marks in the directory, which keeps its name.
 *
 * <p>Units are copied on the server. Metadata, which others may change as well, are written only if
 * they are as they were seen, see {@link MetadataReplacement}.
 *
 * <p>A journal holds if the lock is there that names its directory: the lock goes before all else
 * goes, so an owner that was taken for dead and goes on may still create a journal, and then finds
 * that it holds no more. Staged values are copied, and go before the lock of one that was taken for
 * dead is removed: such an owner finds nothing that it could place in a container that is
 * another's. What it takes away, and its last look at the lock, are two requests: an owner that is
 * held up just between them for longer than {@link #PATIENCE} can delete a key that is another's by
 * then.
 */
final class MarkedDirectory extends RunDirectory {
  /** How long an owner may say nothing until it is taken for dead. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final String LOCK = "@lock";
  private static final String DIRECTORY = "@run-";
  private static final String NEXT = "next-";
  private static final String ALIVE = "alive-";
  private static final String AT_WORK = "at work\n";
  private static final String ENDED = "ended\n";

  private final String first;
  private final int successors;

  /**
   * @param first name of the owner that made the directory
   * @param successors how many have taken over since
   * @param owner name of the last of them
   */
  MarkedDirectory(CommitArea area, String first, int successors, String owner) {
    super(area, area.key() + "/" + DIRECTORY + first, owner);
    this.first = first;
    this.successors = successors;
  }

  private static StoreConditions conditions(CommitArea area) {
    return area.store().conditions().orElseThrow();
  }

  private StoreConditions conditions() {
    return conditions(area());
  }

  private static String lock(CommitArea area) {
    return area.key() + "/" + LOCK;
  }

  private String next(int number) {
    return key(NEXT + number);
  }

  /** Key of the mark that names the owner. */
  private String mark() {
    return successors == 0 ? lock(area()) : next(successors);
  }

  private String alive() {
    return key(ALIVE + successors);
  }

  /** The directory of whoever has a container; empty if nobody has. */
  static Optional<RunDirectory> current(CommitArea area) {
    return first(area).map(owner -> last(area, owner));
  }

  /** Who has made the lock of a container that is there. */
  private static Optional<String> first(CommitArea area) {
    return conditions(area)
        .look(lock(area))
        .map(seen -> OwnerMark.decode(seen.value(), lock(area)).owner());
  }

  private static RunDirectory last(CommitArea area, String first) {
    MarkedDirectory last = new MarkedDirectory(area, first, 0, first);
    while (true) {
      int number = last.successors + 1;
      String mark = last.next(number);
      Optional<String> next =
          conditions(area).look(mark).map(seen -> OwnerMark.decode(seen.value(), mark).owner());
      if (next.isEmpty()) {
        return last;
      }
      last = new MarkedDirectory(area, first, number, next.get());
    }
  }

  /** Directories of a container whose owners have ended so, and could not delete them. */
  static List<RunDirectory> ended(CommitArea area, Ending ending) {
    String start = area.key() + "/" + DIRECTORY;
    List<String> owners =
        area.store().list(area.key()).stream()
            .filter(key -> key.startsWith(start))
            .map(key -> key.substring(start.length()).split("/", 2)[0])
            .distinct()
            .toList();
    if (owners.isEmpty()) {
      return List.of();
    }
    // Looked at after the list: a directory without a lock by now has had one.
    Optional<String> current = first(area);
    return owners.stream()
        .filter(owner -> !current.equals(Optional.of(owner)))
        .<RunDirectory>map(owner -> new MarkedDirectory(area, owner, 0, owner))
        .filter(each -> hasCommitted(each) == (ending == Ending.COMMITTED))
        .toList();
  }

  private static boolean hasCommitted(RunDirectory directory) {
    return directory.journal().filter(bytes -> !Journal.isUndone(bytes)).isPresent();
  }

  @Override
  boolean claim(LockHolder holder) {
    return conditions().create(lock(area()), OwnerMark.encode(holder));
  }

  @Override
  void requireTrusted() {
    // who may write beside a container is a matter of the bucket's policy
  }

  @Override
  void requireMovable(Collection<String> targets) {
    // there are no directories that could forbid it
  }

  @Override
  void requireWithin(Collection<String> targets) {
    // there are no links
  }

  @Override
  void sweepBeside(Collection<String> targets) {
    // nothing is ever written in part
  }

  @Override
  List<String> owners() {
    return List.of(first, owner());
  }

  /** The lock if it names this directory, whoever has taken it over. */
  private Optional<StoreConditions.Seen> ownLock() {
    return conditions()
        .look(lock(area()))
        .filter(seen -> OwnerMark.decode(seen.value(), lock(area())).owner().equals(first));
  }

  @Override
  boolean isOwned() {
    return ownLock().isPresent() && !isTakenOver();
  }

  private boolean isTakenOver() {
    return store().status(next(successors + 1)).isPresent();
  }

  /**
   * Looks whether the container is this directory's.
   *
   * @throws StoreException if not
   */
  void requireOwned(String operation) {
    if (ownLock().isEmpty()) {
      throw new StoreException(
          operation, area().path().toString(), "somebody else has the image by now");
    }
  }

  @Override
  Optional<LockHolder> holder() {
    Optional<StoreConditions.Seen> mark = conditions().look(mark());
    if (mark.isEmpty()) {
      return Optional.empty();
    }
    LockHolder holder = OwnerMark.decode(mark.get().value(), mark());
    if (!holder.owner().equals(owner())) {
      return Optional.empty();
    }
    Optional<StoreConditions.Seen> said = conditions().look(alive());
    if (said.filter(seen -> seen.value().equals(text(ENDED))).isPresent()) {
      return Optional.of(holder.asEnded());
    }
    boolean silent = said.orElse(mark.get()).age().compareTo(PATIENCE) > 0;
    return Optional.of(silent ? holder.asSilent() : holder);
  }

  @Override
  String name() {
    return store()
        .read(lock(area()))
        .map(bytes -> OwnerMark.decode(bytes, lock(area())))
        .filter(holder -> holder.owner().equals(first))
        .map(LockHolder::toString)
        .orElseGet(() -> "run " + LockHolder.runOf(first));
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** All that an owner has to say after it has begun is that it goes on, or that it does not. */
  @Override
  void say(LockHolder holder) {
    store().write(alive(), text(holder.ended() ? ENDED : AT_WORK));
  }

  @Override
  void renew() {
    store().write(alive(), text(AT_WORK));
  }

  @Override
  Optional<RunDirectory> takeOver(LockHolder successor) {
    int number = successors + 1;
    if (!conditions().create(next(number), OwnerMark.encode(successor))) {
      return Optional.empty();
    }
    if (ownLock().isEmpty()) {
      // all was cleared up before the mark was made
      store().delete(next(number));
      return Optional.empty();
    }
    return Optional.of(new MarkedDirectory(area(), first, number, successor.owner()));
  }

  @Override
  void writeSteps(ByteBuffer steps) {
    // values of such a store are whole: the journal needs no copy
  }

  @Override
  boolean writeJournal(ByteBuffer journal) {
    if (conditions().create(key(JOURNAL), journal)) {
      return isJournalOurs();
    }
    if (isOwned() && journal().isEmpty()) {
      throw new StoreException(
          "write", key(JOURNAL), "the server says that it is there, and it is not");
    }
    return false;
  }

  @Override
  boolean isJournalOurs() {
    if (isOwned()) {
      return true;
    }
    if (ownLock().isEmpty()) {
      store().delete(key(JOURNAL));
    }
    return false;
  }

  @Override
  boolean mayHaveBegun(Collection<String> staged) {
    return false;
  }

  @Override
  void change(SortedMap<Integer, JournalEntry> steps) {
    Map<String, String> copies = new TreeMap<>();
    List<String> deletions = new ArrayList<>();
    for (JournalEntry entry : steps.values()) {
      String target = area().path().key(entry.target());
      if (entry.isTree()) {
        deletions.addAll(store().list(target));
      } else if (entry.isDeletion()) {
        deletions.add(target);
      } else if (MetadataDraft.isMetadata(entry.target())) {
        new MetadataReplacement(this, entry).perform();
      } else {
        copies.put(target, key(entry.staged()));
      }
    }
    if (!copies.isEmpty()) {
      requireOwned("change");
      store().copyAll(copies);
    }
    if (!deletions.isEmpty()) {
      requireOwned("change");
      store().deleteAll(deletions);
    }
  }

  @Override
  void take(String target, String name) {
    requireOwned("delete " + target + " around");
    store().delete(target);
  }

  @Override
  List<String> gone() {
    return List.of();
  }

  @Override
  void empty() {
    store().deleteTree(key(UNITS));
  }

  @Override
  Optional<RunDirectory> end(Ending ending) {
    Optional<StoreConditions.Seen> lock = ownLock();
    if (lock.isEmpty() || isTakenOver()) {
      return Optional.empty();
    }
    try {
      conditions().remove(lock(area()), lock.get().version());
    } catch (StoreException e) {
      if (isLocked(e)) {
        throw e;
      }
    }
    return Optional.of(this);
  }

  /** Removing that fails may have been done: the answer got lost. */
  private boolean isLocked(StoreException failure) {
    try {
      return ownLock().isPresent();
    } catch (StoreException e) {
      failure.addSuppressed(e);
      return true;
    }
  }

  /** The journal goes last: it says how the owner has ended. */
  @Override
  void delete() {
    String journal = key(JOURNAL);
    List<String> keys = store().list(key());
    store().deleteAll(keys.stream().filter(each -> !each.equals(journal)).toList());
    if (keys.contains(journal)) {
      store().delete(journal);
    }
  }
}
