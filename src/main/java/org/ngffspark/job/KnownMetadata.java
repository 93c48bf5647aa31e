// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ngffspark.commit.InputState;
import org.ngffspark.ngff.LinkedStore;

/**
 * The metadata files of one image as they were when it was planned, those too that are not there.
 * It travels to all tasks, so that none reads them again and all see the same. Immutable.
 */
public final class KnownMetadata implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Set<String> FILES =
      Set.of(".zgroup", ".zattrs", ".zarray", "zarr.json", "attributes.json");
  private static final String TABLES = "tables/";
  private static final String LINKED_TABLES = LinkedStore.SOURCE + "/" + TABLES;
  private static final byte[] ABSENT = {};

  /** Of an image that nothing was read of yet. */
  public static final KnownMetadata NONE = new KnownMetadata(Map.of());

  /** Larger tables are read again by the task that needs them, so that plans stay small. */
  private static final int LARGEST_TABLE = 16 << 10;

  // By key below the container; no metadata file is empty, so that stands for one that is absent.
  private final TreeMap<String, byte[]> files = new TreeMap<>();
  private final TreeMap<String, TableFile> tables = new TreeMap<>();
  private final List<InputState> states;

  /**
   * @param files content of every file that was looked for, by key below the container; empty of
   *     those that are not there
   */
  KnownMetadata(Map<String, Optional<ByteBuffer>> files) {
    this(files, Map.of(), List.of());
  }

  /**
   * @param tables files of tables that were read; kept if they are small all together
   * @param states how files were when they were read, where that is known
   */
  KnownMetadata(
      Map<String, Optional<ByteBuffer>> files,
      Map<String, TableFile> tables,
      Collection<InputState> states) {
    this.states = List.copyOf(states);
    files.forEach(
        (key, value) -> this.files.put(key, value.map(KnownMetadata::copy).orElse(ABSENT)));
    if (tables.values().stream().mapToLong(TableFile::size).sum() <= LARGEST_TABLE) {
      this.tables.putAll(tables);
    }
  }

  /**
   * A file of a table, as it was when it was read.
   *
   * @param bytes empty if there was none
   */
  record TableFile(InputState state, byte[] bytes) implements Serializable {
    static TableFile of(InputState state, Optional<ByteBuffer> value) {
      return new TableFile(state, value.map(KnownMetadata::copy).orElse(ABSENT));
    }

    private int size() {
      return state.key().length() + bytes.length;
    }

    Optional<ByteBuffer> content() {
      return state.isMissing() ? Optional.empty() : Optional.of(ByteBuffer.wrap(bytes));
    }
  }

  /** Whether a key is one of a file of a table of the image. */
  static boolean isOfTable(String key) {
    return key.startsWith(TABLES);
  }

  /** The file of a table, if it was kept. */
  Optional<TableFile> table(String key) {
    return Optional.ofNullable(tables.get(key));
  }

  private static byte[] copy(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return bytes;
  }

  /**
   * Whether a key is one of metadata of the image and its labels. Those of tables go with the other
   * files of the table.
   *
   * @param key below the container
   */
  static boolean holds(String key) {
    return FILES.contains(key.substring(key.lastIndexOf('/') + 1))
        && !key.startsWith(TABLES)
        && !key.contains(LINKED_TABLES);
  }

  /** Whether nothing was looked for: the image is not planned yet. */
  boolean isEmpty() {
    return files.isEmpty();
  }

  /** Whether the file was looked for. */
  boolean isKnown(String key) {
    return files.containsKey(key);
  }

  /** The content of a file that is known; empty if it is not there. */
  Optional<ByteBuffer> content(String key) {
    return Optional.of(files.get(key)).filter(bytes -> bytes.length > 0).map(ByteBuffer::wrap);
  }

  /** How files were when they were read, where a look at them tells whether they are so still. */
  public List<InputState> states() {
    return states;
  }

  /** The content of every file that was looked for, by key below the container. */
  public Map<String, Optional<ByteBuffer>> contents() {
    Map<String, Optional<ByteBuffer>> contents = new TreeMap<>();
    files.keySet().forEach(key -> contents.put(key, content(key)));
    return contents;
  }
}
