// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreLocations;
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
  private final Stage local;
  private final Stage stage;
  private State state = State.OPEN;

  private ImageTransaction(CommitArea area, RunInfo run, CommitOptions options) {
    this.area = area;
    this.run = run;
    this.options = options;
    this.local = new Stage(area.store(), area.stage(run.id()), options.durable());
    this.stage =
        options.staging().map(uri -> elsewhere(uri, area, run, options.durable())).orElse(local);
  }

  /**
   * Locks a container, which need not exist yet, and opens its stage.
   *
   * @throws LockedException if another run has it, or left something to recover
   * @throws StoreException if lock or stage cannot be written
   */
  public static ImageTransaction begin(StorePath container, RunInfo run, CommitOptions options) {
    CommitArea area = CommitArea.of(container);
    CommitLock.acquire(area, run, options.staging());
    ImageTransaction transaction = new ImageTransaction(area, run, options);
    try {
      transaction.open();
    } catch (RuntimeException e) {
      transaction.closeAfter(e);
      throw e;
    }
    return transaction;
  }

  /** Where units of a container are staged elsewhere; the run's id makes it its own. */
  static Stage elsewhere(URI staging, CommitArea area, RunInfo run, boolean durable) {
    return new Stage(StoreLocations.open(staging), run.id() + "/" + area.container(), durable);
  }

  private void open() {
    Optional<Journal> left = area.store().read(area.journal()).flatMap(Journal::decode);
    if (left.isPresent()) {
      state = State.ENDED;
      CommitLock.release(area, run);
      Optional<RunInfo> other = Optional.of(left.get().run());
      throw new LockedException(
          area.path().toString(),
          new LockHolder(other, Optional.empty(), ProcessMark.Liveness.DEAD));
    }
    local.open();
    if (stage != local) {
      stage.open();
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
   * @throws StoreException if it fails before the commit point: the container stays as it is
   * @throws UnfinishedCommitException if it fails after the commit point
   */
  public void commit(
      Collection<StagedUnit> units, Collection<MetadataEdit> metadata, CommitInputs inputs) {
    if (state != State.OPEN) {
      throw new IllegalStateException("The transaction of " + area.path() + " has ended");
    }
    inputs.requireUnchanged();
    List<JournalEntry> entries = entries(units, metadata);
    area.store().checkWritable(entries.stream().map(JournalEntry::target).toList());
    inputs.requireUnchanged();
    decide(new Journal(run, true, area.path().toString(), entries));
    requireLock();
    try {
      finish(entries);
    } catch (StoreException e) {
      throw new UnfinishedCommitException(area.path().toString(), e);
    }
  }

  private List<JournalEntry> entries(
      Collection<StagedUnit> units, Collection<MetadataEdit> metadata) {
    List<JournalEntry> entries = new ArrayList<>();
    Set<String> targets = new HashSet<>();
    units.forEach(unit -> entries.add(entry(unit, targets)));
    Set<String> changed = new HashSet<>();
    for (MetadataEdit edit : metadata) {
      StagedUnit unit = stage.put(edit.key(), merged(edit));
      entries.add(entry(unit, targets));
      changed.add(target(unit));
    }
    ConsolidatedMetadata.staleFiles(area, changed)
        .forEach(key -> entries.add(new JournalEntry(key, "", 0, 0)));
    ConsolidatedMetadata.staleGroups(area, changed).forEach(group -> entries.add(fresh(group)));
    return entries;
  }

  private ByteBuffer merged(MetadataEdit edit) {
    Optional<ObjectNode> now =
        Json.read(area.path().child(edit.key())).map(ConsolidatedMetadata::stripped);
    try {
      return Json.bytes(ConsolidatedMetadata.stripped(edit.appliedTo(now)));
    } catch (MetadataConflictException conflict) {
      throw new InputChangedException(
          area.path().toString(), conflict.of(edit.key()) + " " + conflict.getMessage());
    }
  }

  private String target(StagedUnit unit) {
    return area.container() + "/" + unit.key();
  }

  private JournalEntry entry(StagedUnit unit, Set<String> targets) {
    String target = target(unit);
    if (!area.path().resolve(unit.key()).path().equals(target)) {
      throw new IllegalArgumentException("'" + unit.key() + "' is not a key of a container");
    }
    if (!targets.add(target)) {
      throw new IllegalArgumentException("Two units of one commit have the key " + unit.key());
    }
    if (unit.isDeletion()) {
      return new JournalEntry(target, "", 0, 0);
    }
    StagedUnit near = options.staging().isPresent() ? copied(unit) : unit;
    return new JournalEntry(target, local.location(near.name()), near.length(), near.crc32c());
  }

  /** Brings a unit that was staged elsewhere to where it can be renamed. */
  private StagedUnit copied(StagedUnit unit) {
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

  private JournalEntry fresh(StorePath group) {
    ObjectNode json = ConsolidatedMetadata.read(group).orElseThrow();
    StagedUnit unit = local.put(group.path(), Json.bytes(ConsolidatedMetadata.stripped(json)));
    return new JournalEntry(
        ConsolidatedMetadata.file(group),
        local.location(unit.name()),
        unit.length(),
        unit.crc32c());
  }

  /** The commit point. */
  private void decide(Journal journal) {
    Store store = area.store();
    state = State.DECIDED;
    try {
      if (!store.writeIfAbsent(area.journal(), journal.encode())) {
        throw declaredDead();
      }
    } catch (StoreException e) {
      if (!isDecided(e)) {
        state = State.OPEN;
        throw e;
      }
    }
  }

  /**
   * A recovery that was told that this run is dead may be through with it: it takes the lock away
   * before it makes room for a journal. Then nothing may be moved.
   */
  private void requireLock() {
    Optional<LockHolder> holder;
    try {
      holder = CommitLock.read(area.store(), area.lock());
    } catch (StoreException e) {
      throw new UnfinishedCommitException(area.path().toString(), e);
    }
    if (holder.filter(each -> each.isHeldBy(run)).isEmpty()) {
      area.store().delete(area.journal());
      throw declaredDead();
    }
  }

  private UnfinishedCommitException declaredDead() {
    String path = area.path().toString();
    return new UnfinishedCommitException(
        path,
        new StoreException(
            "commit", path, "a recovery was told that this run is dead, and undid it"));
  }

  /** Whether the journal is there although writing it failed. */
  private boolean isDecided(StoreException failure) {
    try {
      return area.store().read(area.journal()).flatMap(Journal::decode).isPresent();
    } catch (StoreException e) {
      failure.addSuppressed(e);
      throw new UnfinishedCommitException(area.path().toString(), failure);
    }
  }

  private void finish(List<JournalEntry> entries) {
    if (options.durable()) {
      area.store().force(List.of(area.journal()));
    }
    Placement.perform(area.store(), entries);
    if (options.durable()) {
      Placement.force(area.store(), entries);
    }
    end();
  }

  private void end() {
    if (stage != local) {
      stage.remove();
    }
    local.remove();
    area.store().deleteTree(area.stages());
    area.store().delete(area.journal());
    CommitLock.release(area, run);
    state = State.ENDED;
  }

  /** Undoes the transaction unless it was committed. */
  @Override
  public void close() {
    if (state == State.OPEN) {
      end();
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
