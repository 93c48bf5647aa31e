// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;

/**
 * One change of one container, new or existing: units are staged by tasks anywhere, then committed
 * here as a whole. Until {@link #commit} the container is not touched. Closing a transaction that
 * was not committed undoes it. Not thread-safe; tasks get the {@link #stage}.
 */
public final class ImageTransaction implements AutoCloseable {

  private enum State {
    OPEN,
    /** The commit point is passed, or it cannot be told: only recovery may go on. */
    DECIDED,
    ENDED
  }

  private final CommitArea area;
  private final RunInfo run;
  private final CommitOptions options;
  private final LockHolder self;
  private final RunDirectory directory;
  private final ImageGuard guard;
  private final Stage local;
  private final Stage stage;
  private State state = State.OPEN;
  private boolean guarded;
  private final Object renewal = new Object();
  private boolean renewed = true;

  private ImageTransaction(CommitArea area, RunInfo run, CommitOptions options) {
    this.area = area;
    this.run = run;
    this.options = options;
    this.self = LockHolder.of(run, options.staging());
    this.directory = area.ownedBy(self.owner());
    this.guard = new ImageGuard(directory);
    this.local = new Stage(area.store(), directory.key(), options.durable());
    this.stage =
        options
            .staging()
            .map(place -> ScratchStage.of(place, self.owner(), options.durable()))
            .orElse(local);
  }

  /**
   * Locks a container, which need not exist yet, and opens its stage.
   *
   * @throws LockedException if another run has it, or left something to recover
   * @throws StoreException if lock or stage cannot be written
   * @throws IllegalArgumentException if the container lies where runs keep what they work on, or
   *     units are to be staged in a Zarr hierarchy
   */
  public static ImageTransaction begin(StorePath container, RunInfo run, CommitOptions options) {
    CommitArea area = CommitPlaces.forRun(container);
    options.staging().ifPresent(place -> requireApart(place, area));
    ImageTransaction transaction = new ImageTransaction(area, run, options);
    CommitLock.acquire(transaction.directory, transaction.self);
    try {
      transaction.open();
    } catch (RuntimeException e) {
      transaction.closeAfter(e);
      throw e;
    }
    return transaction;
  }

  private static void requireApart(URI staging, CommitArea area) {
    if (area.covers(staging)) {
      throw new IllegalArgumentException(
          "Units cannot be staged at "
              + staging
              + ", which lies in "
              + area.store().uri()
              + "/"
              + area.root()
              + " or in what runs keep beside it; choose a place apart from it");
    }
  }

  private void open() {
    if (stage != local) {
      ScratchStage.open(stage, self.owner());
    }
  }

  /** Where tasks put new units; serialisable. */
  public Stage stage() {
    return stage;
  }

  /**
   * Changes the container: units in any order, then metadata in the order given; consolidated
   * metadata that holds it goes. Nothing remains of the transaction.
   *
   * @param units of successful tasks, each key once; other staged units are dropped
   * @param metadata changes of the files that make the units visible; copies of other metadata in
   *     these files, which could be stale, are left out
   * @param inputs what the run read, as it was then
   * @throws InputChangedException if one of the inputs is not as it was, or somebody else has
   *     changed the metadata that this changes; the container stays as it is
   * @throws LockedException if another run has come to the container by another path, where its
   *     lock is not seen, and is committing to it
   * @throws StoreException if it fails before the commit point: the container stays as it is
   * @throws UnfinishedCommitException if it fails after the commit point
   */
  public void commit(
      Collection<StagedUnit> units, Collection<MetadataEdit> metadata, CommitInputs inputs) {
    commit(units, metadata, List.of(), inputs).delete();
  }

  /**
   * The same, and nodes go with all that lies in them: when all else is done, and if the container
   * is one of them, when the well that it lies in lists it no more.
   *
   * @param removed nodes below the container; {@code ""} for itself
   * @return what was taken out of the container, and is left to be deleted
   * @throws InputChangedException as for {@link #commit(Collection, Collection, CommitInputs)}; so
   *     are the others
   */
  public Leftovers commit(
      Collection<StagedUnit> units,
      Collection<MetadataEdit> metadata,
      Collection<String> removed,
      CommitInputs inputs) {
    if (state != State.OPEN) {
      throw new IllegalStateException("The transaction of " + area.path() + " has ended");
    }
    List<StagedUnit> near = units.stream().map(this::near).toList();
    JournalDraft draft = new JournalDraft(area.path(), local, near, metadata, removed);
    Journal journal = prepare(draft);
    directory.requireMovable(journal.movable());
    guard.place(self);
    guarded = true;
    inputs.requireUnchanged();
    return decide(draft.isCurrent() ? journal : prepare(draft));
  }

  /** Writes down what is about to be done, before anything is done outside the own directory. */
  private Journal prepare(JournalDraft draft) {
    Journal journal = draft.journal(run);
    directory.writeSteps(journal.encode());
    if (options.durable()) {
      area.store().force(directory.records());
    }
    return journal;
  }

  /** Brings a unit that was staged elsewhere to where it can be renamed. */
  private StagedUnit near(StagedUnit unit) {
    if (stage == local || unit.isDeletion()) {
      return unit;
    }
    String place = stage.location(unit.name());
    return stage
        .store()
        .read(place)
        .map(bytes -> local.put(unit.key(), bytes))
        .filter(copy -> copy.length() == unit.length() && copy.crc32c() == unit.crc32c())
        .orElseThrow(
            () ->
                new StoreException("commit", unit.key(), "its staged value was changed: " + place));
  }

  /** The commit point, and all that is behind it. */
  private Leftovers decide(Journal journal) {
    state = State.DECIDED;
    try {
      if (!directory.writeJournal(journal.encode())) {
        throw takenOver("undid");
      }
    } catch (StoreException e) {
      requireDecided(e);
    }
    try {
      return finish(journal);
    } catch (RuntimeException e) {
      throw unfinished(e);
    }
  }

  /** Looks whether the journal is there although writing it failed. */
  private void requireDecided(StoreException failure) {
    try {
      Optional<ByteBuffer> journal = directory.journal();
      if (journal.isPresent()) {
        if (Journal.isUndone(journal.get()) || !directory.isJournalOurs()) {
          throw takenOver("undid");
        }
        return;
      }
      if (!directory.isOwned()) {
        throw takenOver("undid");
      }
    } catch (StoreException e) {
      failure.addSuppressed(e);
      throw brokenOff(failure);
    }
    state = State.OPEN;
    throw failure;
  }

  private UnfinishedCommitException takenOver(String verb) {
    String path = area.path().toString();
    state = State.ENDED;
    return UnfinishedCommitException.brokenOff(
        path,
        new StoreException(
            "commit", path, "a recovery was told that this run is dead, and " + verb + " it"));
  }

  private UnfinishedCommitException unfinished(RuntimeException failure) {
    return state == State.ENDED && failure instanceof UnfinishedCommitException taken
        ? taken
        : brokenOff(failure);
  }

  /** Says that this run will not go on with it, so that a recovery can although it lives. */
  private UnfinishedCommitException brokenOff(RuntimeException failure) {
    try {
      if (!directory.isOwned()) {
        return takenOver("finishes");
      }
      directory.say(self.asEnded());
    } catch (StoreException e) {
      failure.addSuppressed(e);
    }
    return UnfinishedCommitException.brokenOff(area.path().toString(), failure);
  }

  private Leftovers finish(Journal journal) {
    if (options.durable()) {
      area.store().force(directory.records());
    }
    if (journal.metadata()) {
      StaleCopies.removeAround(directory, journal, run);
    }
    if (journal.removal()) {
      WellEntry.remove(area.path(), run);
    }
    Placement placement = new Placement(directory, journal.entries());
    placement.perform();
    if (options.durable()) {
      placement.force();
    }
    return end(Ending.COMMITTED).orElseThrow(() -> takenOver("finishes"));
  }

  /** Gives the container back, and says what is left of it; empty if it was not this run's. */
  private Optional<Leftovers> end(Ending ending) {
    synchronized (renewal) {
      renewed = false;
    }
    if (guarded) {
      guard.remove();
      guarded = false;
    }
    if (stage != local) {
      stage.remove();
    }
    Optional<RunDirectory> rest = directory.end(ending);
    state = State.ENDED;
    return rest.map(Leftovers::new);
  }

  /**
   * Tells others that the run is still at work, where they cannot see that otherwise; any thread
   * may.
   *
   * @return whether it has not ended yet
   * @throws StoreException if that cannot be written
   */
  boolean renew() {
    synchronized (renewal) {
      if (renewed) {
        directory.renew();
      }
      return renewed;
    }
  }

  /** Undoes the transaction unless it was committed. */
  @Override
  public void close() {
    if (state == State.OPEN) {
      end(Ending.UNDONE).ifPresent(Leftovers::discard);
    }
  }

  private void closeAfter(RuntimeException failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
