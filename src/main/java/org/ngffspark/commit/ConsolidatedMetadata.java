// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StorePath;

/**
 * Copies of metadata that groups keep of what lies below them: {@code .zmetadata} in Zarr v2, a
 * field of {@code zarr.json} in Zarr v3. After a change they would be stale, so they go.
 */
final class ConsolidatedMetadata {
  private static final String V2 = ".zmetadata";
  private static final String V3 = "zarr.json";
  private static final String FIELD = "consolidated_metadata";

  private ConsolidatedMetadata() {}

  /** The metadata of a group without the copy. */
  static ObjectNode stripped(ObjectNode metadata) {
    ObjectNode rest = metadata.deepCopy();
    rest.remove(FIELD);
    return rest;
  }

  /** Keys of the v2 copies that hold metadata of any of these keys. */
  static List<String> staleFiles(CommitArea area, Collection<String> changed) {
    return groups(area, changed)
        .map(group -> group + "/" + V2)
        .filter(key -> area.store().status(key).isPresent())
        .toList();
  }

  /** Paths of the v3 groups whose metadata holds a copy of any of these keys. */
  static List<StorePath> staleGroups(CommitArea area, Collection<String> changed) {
    return groups(area, changed)
        .filter(group -> !changed.contains(group + "/" + V3))
        .map(group -> new StorePath(area.store(), group))
        .filter(group -> read(group).filter(json -> json.has(FIELD)).isPresent())
        .toList();
  }

  /** Key of the file that holds a v3 group's metadata. */
  static String file(StorePath group) {
    return group.key(V3);
  }

  /** The metadata of a v3 group; empty if it is none. */
  static Optional<ObjectNode> read(StorePath group) {
    Store store = group.store();
    return store.read(group.key(V3)).map(bytes -> parse(group, bytes));
  }

  private static ObjectNode parse(StorePath group, ByteBuffer bytes) {
    try {
      JsonNode json = CommitJson.MAPPER.readTree(StandardCharsets.UTF_8.decode(bytes).toString());
      if (json instanceof ObjectNode object) {
        return object;
      }
      throw new FormatException(group.child(V3).toString(), "expected a JSON object, got " + json);
    } catch (IOException e) {
      throw new FormatException(group.child(V3).toString(), "it is not JSON", e);
    }
  }

  /** The groups that the keys lie in, up to the outermost one. */
  private static Stream<String> groups(CommitArea area, Collection<String> changed) {
    Set<String> groups = new TreeSet<>();
    for (String key : changed) {
      int slash = key.lastIndexOf('/');
      while (slash >= area.root().length()) {
        groups.add(key.substring(0, slash));
        slash = key.lastIndexOf('/', slash - 1);
      }
    }
    return groups.stream();
  }
}
