// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.zarr.ConsolidatedMetadata;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreConditions;
import org.ngffspark.zarr.store.StoreException;

/**
 * Puts a metadata file of a decided commit in its place on a store that replaces a value only if it
 * is as it was seen. Fields that others have changed since the commit was decided stay; of one that
 * both have changed the commit's value counts. May be repeated.
 */
final class MetadataReplacement {
  /** How often others may change the file between a look and a write. */
  private static final int ATTEMPTS = 100;

  private final MarkedDirectory directory;
  private final Store store;
  private final JournalEntry entry;
  private final String target;

  MetadataReplacement(MarkedDirectory directory, JournalEntry entry) {
    this.directory = directory;
    this.store = directory.store();
    this.entry = entry;
    this.target = directory.area().path().key(entry.target());
  }

  /**
   * Puts it in its place.
   *
   * @throws StoreException if the container is not the directory's any more, or others do not stop
   *     changing the file
   */
  void perform() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (isPlaced()) {
        return;
      }
    }
    throw new StoreException("change", target, "others keep changing it; try again");
  }

  /**
   * The look at the file comes first: whoever has the container by then changes the file after it,
   * and then it is not as it was seen. Where no file is, what is staged is copied: it is gone when
   * another has the container.
   */
  private boolean isPlaced() {
    StoreConditions conditions = store.conditions().orElseThrow();
    Optional<StoreConditions.Seen> seen = conditions.look(target);
    directory.requireOwned("change");
    if (seen.isEmpty()) {
      store.copyAll(Map.of(target, directory.key(entry.staged())));
      return true;
    }
    ByteBuffer value = value(seen.get().value());
    return seen.get().value().equals(value)
        || conditions.replace(target, seen.get().version(), value);
  }

  private ByteBuffer value(ByteBuffer now) {
    ByteBuffer made = staged(entry.staged());
    if (now.equals(made) || entry.base().isEmpty()) {
      return made;
    }
    ByteBuffer base = staged(entry.base());
    return now.equals(base) ? made : merged(base, made, now);
  }

  private ByteBuffer staged(String name) {
    return store
        .read(directory.key(name))
        .orElseThrow(() -> new StoreException("change", target, directory.key(name) + " is gone"));
  }

  private ByteBuffer merged(ByteBuffer base, ByteBuffer made, ByteBuffer now) {
    MetadataEdit edit = new MetadataEdit.Change(entry.target(), json(base), json(made));
    try {
      ObjectNode theirs = ConsolidatedMetadata.without(json(now));
      return Json.bytes(ConsolidatedMetadata.without(edit.appliedTo(Optional.of(theirs))));
    } catch (MetadataConflictException | FormatException contradiction) {
      // The commit is decided: it can only be carried out.
      return made;
    }
  }

  private ObjectNode json(ByteBuffer bytes) {
    return Json.parseObject(bytes, target);
  }
}
