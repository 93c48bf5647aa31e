// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/**
 * Metadata of a container as they will be, written in memory by the code that writes them anywhere,
 * then worked into the container by a commit.
 */
public final class MetadataDraft {
  private static final List<String> FILES = List.of(".zgroup", ".zattrs", ".zarray", "zarr.json");
  private static final String N5 = "attributes.json";

  private final StorePath root = StorePath.root(new MemoryStore());
  private final Map<String, ByteBuffer> copied = new TreeMap<>();
  private final Map<String, Optional<ByteBuffer>> read = new TreeMap<>();

  /** The container in memory. */
  public StorePath root() {
    return root;
  }

  /** Copies the metadata files of one node of a container. */
  public void copy(StorePath container, String node) {
    String prefix = node.isEmpty() ? "" : node + "/";
    boolean zarr = false;
    for (String file : FILES) {
      zarr |= copyFile(container, prefix + file);
    }
    if (!zarr) {
      copyFile(container, prefix + N5);
      // Levels of N5 may say themselves what their image is.
      for (int level = 0; copyFile(container, prefix + "s" + level + "/" + N5); level++) {}
    }
  }

  private boolean copyFile(StorePath container, String key) {
    Optional<ByteBuffer> value = container.store().read(container.key(key));
    read.put(key, value);
    value.ifPresent(
        bytes -> {
          copied.put(key, bytes);
          root.store().write(key, bytes);
        });
    return value.isPresent();
  }

  /** Every metadata file that is new or has changed, the container's own group last. */
  public List<MetadataEdit> edits() {
    return changed().stream().map(this::edit).toList();
  }

  /**
   * As {@link #edits}, but of a node, empty for the container, nothing that lies there now stays.
   */
  public List<MetadataEdit> editsReplacing(String node) {
    String prefix = node.isEmpty() ? "" : node + "/";
    return changed().stream()
        .map(
            key -> key.startsWith(prefix) ? new MetadataEdit.Replace(key, content(key)) : edit(key))
        .toList();
  }

  private List<String> changed() {
    return root.store().list("").stream()
        .filter(MetadataDraft::isMetadata)
        .filter(key -> !value(key).equals(copied.get(key)))
        .sorted(Comparator.comparingInt(MetadataDraft::depth).reversed().thenComparing(key -> key))
        .toList();
  }

  private MetadataEdit edit(String key) {
    return copied.containsKey(key)
        ? new MetadataEdit.Change(key, Json.parseObject(copied.get(key), key), content(key))
        : new MetadataEdit.Create(key, content(key));
  }

  private ObjectNode content(String key) {
    return Json.parseObject(value(key), key);
  }

  private ByteBuffer value(String key) {
    return root.store().read(key).orElseThrow();
  }

  /** The metadata files that were copied, as they were, by key below the container. */
  public Map<String, Optional<ByteBuffer>> read() {
    return Map.copyOf(read);
  }

  /** Stages what lies in the draft besides metadata: chunks and files of tables. */
  public List<StagedUnit> stageUnits(Stage stage) {
    return root.store().list("").stream()
        .filter(key -> !isMetadata(key))
        .map(key -> stage.put(key, value(key)))
        .toList();
  }

  /** Whether a key is that of a metadata file. */
  static boolean isMetadata(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    return FILES.contains(name) || name.equals(N5);
  }

  private static int depth(String key) {
    return (int) key.chars().filter(character -> character == '/').count();
  }
}
