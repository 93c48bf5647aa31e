// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ngffspark.zarr.ConsolidatedMetadata;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.store.StorePath;

/**
 * The steps of a commit before they are decided: units as they were staged, and metadata worked
 * into what lies there now.
 */
final class JournalDraft {
  private final StorePath container;
  private final Stage stage;
  private final List<StagedUnit> units;
  private final List<MetadataEdit> metadata;
  private final List<String> removed;

  /** What lay there when metadata were last worked in, by key. */
  private final Map<String, Optional<ByteBuffer>> seen = new HashMap<>();

  /**
   * @param stage in the run's own directory, as the units are
   * @param removed nodes that go with all that lies in them; {@code ""} for the container
   * @throws IllegalArgumentException if a key is none of a container, or comes twice
   */
  JournalDraft(
      StorePath container,
      Stage stage,
      Collection<StagedUnit> units,
      Collection<MetadataEdit> metadata,
      Collection<String> removed) {
    this.container = container;
    this.stage = stage;
    this.units = List.copyOf(units);
    this.metadata = List.copyOf(metadata);
    this.removed = List.copyOf(removed);
    Set<String> keys = new HashSet<>();
    Stream.concat(units.stream().map(StagedUnit::key), metadata.stream().map(MetadataEdit::key))
        .forEach(key -> requireOne(key, keys));
    removed.stream().filter(node -> !node.isEmpty()).forEach(node -> requireOne(node, keys));
  }

  private void requireOne(String key, Set<String> keys) {
    if (!Journal.isBelow(container, key)) {
      throw new IllegalArgumentException("'" + key + "' is not a key of a container");
    }
    if (!keys.add(key)) {
      throw new IllegalArgumentException("Two units of one commit have the key " + key);
    }
  }

  /**
   * Units in their order, deletions of copies of metadata that will be stale, then metadata, which
   * are staged here, and last the nodes that go: no list names them any more by then.
   *
   * @throws InputChangedException if somebody has changed what an edit changes
   */
  Journal journal(RunInfo run) {
    List<JournalEntry> entries = new ArrayList<>(units.stream().map(JournalEntry::of).toList());
    Set<String> changed = new HashSet<>();
    metadata.forEach(edit -> changed.add(edit.key()));
    StaleCopies.files(container, changed).forEach(key -> entries.add(JournalEntry.deletion(key)));
    Stream.concat(StaleCopies.edits(container, changed).stream(), metadata.stream())
        .map(this::entry)
        .forEach(entries::add);
    removed.forEach(node -> entries.addAll(RemovedNode.steps(container, node)));
    return new Journal(
        run,
        container.toString(),
        !metadata.isEmpty() || !removed.isEmpty(),
        removed.contains(""),
        entries);
  }

  private JournalEntry entry(MetadataEdit edit) {
    JournalEntry entry = JournalEntry.of(stage.put(edit.key(), merged(edit)));
    return edit instanceof MetadataEdit.Change && container.store().conditions().isPresent()
        ? entry.madeOf(stage.put(edit.key(), seen.get(edit.key()).orElseThrow()))
        : entry;
  }

  private ByteBuffer merged(MetadataEdit edit) {
    Optional<ByteBuffer> now = now(edit.key());
    seen.put(edit.key(), now);
    Optional<ObjectNode> content =
        now.map(bytes -> Json.parseObject(bytes, container.child(edit.key()).toString()))
            .map(ConsolidatedMetadata::without);
    try {
      return Json.bytes(ConsolidatedMetadata.without(edit.appliedTo(content)));
    } catch (MetadataConflictException conflict) {
      throw new InputChangedException(
          container.toString(), conflict.of(edit.key()) + " " + conflict.getMessage());
    }
  }

  private Optional<ByteBuffer> now(String key) {
    return container.store().read(container.key(key));
  }

  /** Whether metadata lie there as when they were worked in. */
  boolean isCurrent() {
    return seen.entrySet().stream().allMatch(each -> now(each.getKey()).equals(each.getValue()));
  }
}
