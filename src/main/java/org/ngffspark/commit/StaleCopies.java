// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ngffspark.zarr.ConsolidatedMetadata;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** Copies of metadata, in a container and around it, that a change of the metadata makes stale. */
final class StaleCopies {
  private static final String V3 = "zarr.json";

  private StaleCopies() {}

  /** Files of copies in the container that hold any of these keys, by key below the container. */
  static List<String> files(StorePath container, Collection<String> changed) {
    return groups(changed).stream()
        .map(group -> group + ConsolidatedMetadata.FILE)
        .filter(key -> container.store().status(container.key(key)).isPresent())
        .toList();
  }

  /** Edits that take copies of these keys out of other files of the container. */
  static List<MetadataEdit> edits(StorePath container, Collection<String> changed) {
    List<MetadataEdit> edits = new ArrayList<>();
    for (String group : groups(changed)) {
      String key = group + V3;
      if (!changed.contains(key)) {
        held(container.child(key))
            .map(content -> new MetadataEdit.Change(key, content, content))
            .ifPresent(edits::add);
      }
    }
    return edits;
  }

  /** The groups of the container that the keys lie in: empty for the container, else with a /. */
  private static Set<String> groups(Collection<String> changed) {
    Set<String> groups = new TreeSet<>();
    for (String key : changed) {
      for (int slash = key.lastIndexOf('/'); slash >= 0; slash = key.lastIndexOf('/', slash - 1)) {
        groups.add(key.substring(0, slash + 1));
      }
      groups.add("");
    }
    return groups;
  }

  /** The content of a {@code zarr.json} if it holds copies. */
  private static Optional<ObjectNode> held(StorePath file) {
    return Json.read(file).filter(ConsolidatedMetadata::isIn);
  }

  /**
   * Removes the copies that the groups around a container keep of it. Others may be changing the
   * same groups: a file is taken away by its owner's directory, a field is taken out of what is
   * there while nobody else can change it.
   */
  static void removeAround(RunDirectory directory, Journal journal, RunInfo run) {
    CommitArea area = directory.area();
    boolean inFields = mayBeInFields(journal.entries());
    for (StorePath group : area.around()) {
      String file = group.key(ConsolidatedMetadata.FILE);
      if (area.store().status(file).isPresent()) {
        directory.take(file, "copies-" + group.path().length());
      }
      if (inFields && holdsReadable(group)) {
        SharedMetadata.removeCopies(group, run);
      }
    }
  }

  /** Whether nodes changed that copies in a {@code zarr.json} could be of: not those of Zarr v2. */
  private static boolean mayBeInFields(List<JournalEntry> entries) {
    List<String> metadata =
        entries.stream().map(JournalEntry::target).filter(MetadataDraft::isMetadata).toList();
    return metadata.isEmpty()
        || entries.stream().anyMatch(JournalEntry::isTree)
        || metadata.stream().anyMatch(key -> key.endsWith(V3));
  }

  /** What is no JSON holds nothing that a reader could take for the metadata of an image. */
  private static boolean holdsReadable(StorePath group) {
    try {
      return held(group.child(V3)).isPresent();
    } catch (FormatException damaged) {
      return false;
    }
  }
}
