// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.Serializable;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A tree of named byte sequences, the one thing an array or container needs of a file system.
 *
 * <p>Keys are relative, parts joined by {@code /}, without empty, {@code .} or {@code ..} parts.
 * The contract fits file systems as well as object stores: no random writes, no appends; listing
 * may be slow. All operations may be called by several threads at once. A failing operation throws
 * {@link StoreException} with store, key and cause; a missing key is not a failure unless said so;
 * a key that breaks the rules is an {@link IllegalArgumentException}.
 */
public interface Store extends Serializable {

  /** Where the store is, for messages and for opening it again on another machine. */
  URI uri();

  /**
   * The whole value.
   *
   * @param buffers called at most once, with the exact length; may refuse it by throwing
   * @return the buffer from {@code buffers}, from position 0 to its limit; empty if there is no
   *     such key
   */
  Optional<ByteBuffer> read(String key, BufferSource buffers);

  /**
   * A part of the value, in one request.
   *
   * @param buffers called at most once, with the exact length; may refuse it by throwing
   * @return empty if there is no such key
   * @throws StoreException if the range does not lie within the value
   */
  Optional<ByteBuffer> read(String key, ByteRange range, BufferSource buffers);

  /** Length and time of change; empty if there is no such key. */
  Optional<KeyStatus> status(String key);

  /**
   * As {@link #read(String, BufferSource)}, with the status that the key had. One request where the
   * answer to a read tells both.
   */
  default SeenValue see(String key, BufferSource buffers) {
    Optional<KeyStatus> before = status(key);
    return new SeenValue(before, read(key, buffers));
  }

  /** As {@link #read(String, ByteRange, BufferSource)}, with the status of the whole value. */
  default SeenValue see(String key, ByteRange range, BufferSource buffers) {
    Optional<KeyStatus> before = status(key);
    return new SeenValue(before, read(key, range, buffers));
  }

  /** Writes or replaces a value in one step: a reader sees the old value or the new one, whole. */
  void write(String key, ByteBuffer value);

  /**
   * Writes a value if there is none. Of several callers at once, on any machine, one succeeds.
   *
   * @return whether this call wrote it
   */
  boolean writeIfAbsent(String key, ByteBuffer value);

  /**
   * Moves a value over another key, replacing what is there. A reader of {@code to} sees the old
   * value or the new one, whole. On stores that cannot rename it is a copy followed by a delete,
   * and a crash may leave both. Directories left empty stay.
   *
   * @throws StoreException if there is no key {@code from}
   */
  void move(String from, String to);

  /**
   * Removes a value and, where it can, the directories that this leaves empty; nothing happens if
   * there is none.
   */
  void delete(String key);

  /**
   * All keys that lie below {@code prefix} at any depth, sorted; {@code ""} means the whole store.
   */
  List<String> list(String prefix);

  /** Length and time of change of all keys below {@code prefix}. */
  default SortedMap<String, KeyStatus> statuses(String prefix) {
    SortedMap<String, KeyStatus> statuses = new TreeMap<>();
    for (String key : list(prefix)) {
      status(key).ifPresent(status -> statuses.put(key, status));
    }
    return statuses;
  }

  /**
   * Removes all keys below {@code prefix} and what interrupted writes left there, then the
   * directories that this leaves empty. Not in one step: a crash leaves some of them.
   */
  default void deleteTree(String prefix) {
    list(prefix).forEach(this::delete);
  }

  /**
   * Removes what interrupted writes left below {@code prefix}: temporary files, empty directories.
   * Others may write there meanwhile.
   */
  default void sweep(String prefix) {}

  /**
   * Returns once the state of these keys, a value or its absence, survives a loss of power. Nothing
   * to do for stores whose writes already do when they return.
   */
  default void force(Collection<String> keys) {}

  /** Whether values can be changed; if not, whatever would change one fails. */
  default boolean isWritable() {
    return true;
  }

  /**
   * Whether keys can be listed. If not, as on web servers, {@link #list}, {@link #statuses(String)}
   * and what else needs it fail: whoever reads has to know the keys.
   */
  default boolean isListed() {
    return true;
  }

  /** Length and time of change of those of some keys that are there. */
  default SortedMap<String, KeyStatus> statuses(Collection<String> keys) {
    SortedMap<String, KeyStatus> statuses = new TreeMap<>();
    for (String key : keys) {
      status(key).ifPresent(status -> statuses.put(key, status));
    }
    return statuses;
  }

  /** Removes values, in any order, and where it can the directories that this leaves empty. */
  default void deleteAll(Collection<String> keys) {
    keys.forEach(this::delete);
  }

  /**
   * Writes values that are there under other keys as well, in any order, replacing what is there.
   * Each is written in one step.
   *
   * @param targets key of each copy and what it is a copy of
   * @throws StoreException if a value is not there; others may have been copied
   */
  default void copyAll(Map<String, String> targets) {
    targets.forEach(
        (to, from) ->
            write(
                to,
                read(from)
                    .orElseThrow(() -> new StoreException("copy", from, "there is no such key"))));
  }

  /**
   * How many requests one caller best makes side by side: 1 where an answer needs no network, or
   * one after the other is as fast.
   */
  default int requestsAtOnce() {
    return 1;
  }

  /**
   * How many requests this object has sent again so far because the store asked for fewer at a
   * time.
   */
  default long requestsRepeated() {
    return 0;
  }

  /** What the store can do if a key is as it was seen; empty for one that has directories. */
  default Optional<StoreConditions> conditions() {
    return Optional.empty();
  }

  /** What the store can do with directories; empty for one that has none, as object stores. */
  default Optional<StoreDirectories> directories() {
    return Optional.empty();
  }

  /**
   * Names of what lies right in a directory, sorted; empty where the store has no directories, so
   * that all below would have to be listed.
   */
  default Optional<List<String>> names(String directory) {
    return directories().map(found -> found.names(directory));
  }

  /** The value in a new buffer; empty if there is no such key. */
  default Optional<ByteBuffer> read(String key) {
    return read(key, BufferSource.heap());
  }
}
