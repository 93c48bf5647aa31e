// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;

/** Brings what a run has staged to its places, and takes away what is to go. */
final class Placement {
  private final RunDirectory directory;
  private final Store store;
  private final List<JournalEntry> entries;

  Placement(RunDirectory directory, List<JournalEntry> entries) {
    this.directory = directory;
    this.store = directory.area().store();
    this.entries = entries;
  }

  private String target(JournalEntry entry) {
    return directory.area().path().key(entry.target());
  }

  /** Carries out the steps for the first time. */
  void perform() {
    complete(new BitSet());
  }

  /**
   * Steps that are done already, of those of a run that is gone. Every unit is checked against its
   * checksum; nothing is changed.
   *
   * @throws StoreException if a unit is neither staged nor in place
   */
  BitSet done() {
    BitSet done = new BitSet();
    for (int step = 0; step < entries.size(); step++) {
      JournalEntry entry = entries.get(step);
      if (!entry.isDeletion() && !isStaged(entry)) {
        requireInPlace(entry);
        done.set(step);
      }
    }
    return done;
  }

  /**
   * Carries out the steps but for those that are done: those that are alike and follow each other
   * in any order, metadata one after the other.
   */
  void complete(BitSet done) {
    SortedMap<Integer, JournalEntry> alike = new TreeMap<>();
    Kind kind = Kind.METADATA;
    for (int step = 0; step < entries.size(); step++) {
      if (!done.get(step)) {
        JournalEntry entry = entries.get(step);
        if (kind != Kind.of(entry) || kind == Kind.METADATA) {
          change(alike);
          alike = new TreeMap<>();
        }
        kind = Kind.of(entry);
        alike.put(step, entry);
      }
    }
    change(alike);
  }

  private void change(SortedMap<Integer, JournalEntry> steps) {
    if (!steps.isEmpty()) {
      directory.change(steps);
    }
  }

  private enum Kind {
    UNIT,
    DELETION,
    METADATA;

    static Kind of(JournalEntry entry) {
      if (entry.isDeletion()) {
        return DELETION;
      }
      return MetadataDraft.isMetadata(entry.target()) ? METADATA : UNIT;
    }
  }

  /** Whether any step can have been carried out although no journal is there. */
  boolean mayHaveBegun() {
    return directory.mayHaveBegun(
        entries.stream().filter(entry -> !entry.isDeletion()).map(JournalEntry::staged).toList());
  }

  private void requireInPlace(JournalEntry entry) {
    if (!holds(target(entry), entry)) {
      throw new StoreException(
          "finish the commit of",
          store.uri() + "/" + target(entry),
          "its new value is neither there nor at "
              + directory.key(entry.staged())
              + "; somebody changed or damaged it");
    }
  }

  /** Forces what the steps changed to the medium. */
  void force() {
    store.force(entries.stream().map(this::target).toList());
  }

  private boolean isStaged(JournalEntry entry) {
    return holds(directory.key(entry.staged()), entry);
  }

  private boolean holds(String key, JournalEntry entry) {
    Optional<KeyStatus> status = store.status(key);
    if (status.isEmpty() || status.get().length() != entry.length()) {
      return false;
    }
    return store.read(key).map(Placement::crc32c).equals(Optional.of(entry.crc32c()));
  }

  private static int crc32c(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.duplicate());
    return (int) checksum.getValue();
  }
}
