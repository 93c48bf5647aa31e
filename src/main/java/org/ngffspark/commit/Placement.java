// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;

/** Brings staged units to their places. */
final class Placement {
  private Placement() {}

  /** Carries out the steps for the first time. */
  static void perform(Store store, List<JournalEntry> entries) {
    for (JournalEntry entry : entries) {
      if (entry.isDeletion()) {
        store.delete(entry.target());
      } else {
        store.move(entry.staged(), entry.target());
      }
    }
  }

  /**
   * Carries out steps of which some are done. Every unit is checked against its checksum.
   *
   * @throws StoreException if a unit is neither staged nor in place
   */
  static void complete(Store store, List<JournalEntry> entries) {
    for (JournalEntry entry : entries) {
      if (entry.isDeletion()) {
        store.delete(entry.target());
      } else if (holds(store, entry.staged(), entry)) {
        store.move(entry.staged(), entry.target());
      } else if (!holds(store, entry.target(), entry)) {
        throw new StoreException(
            "finish the commit of",
            store.uri() + "/" + entry.target(),
            "its new value is neither there nor at "
                + entry.staged()
                + "; somebody changed or damaged it");
      }
    }
  }

  /** Forces what the steps changed to the medium. */
  static void force(Store store, List<JournalEntry> entries) {
    store.force(entries.stream().map(JournalEntry::target).toList());
  }

  private static boolean holds(Store store, String key, JournalEntry entry) {
    Optional<KeyStatus> status = store.status(key);
    if (status.isEmpty() || status.get().length() != entry.length()) {
      return false;
    }
    return store.read(key).map(Placement::crc32c).equals(Optional.of(entry.crc32c()));
  }

  static int crc32c(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.duplicate());
    return (int) checksum.getValue();
  }
}
