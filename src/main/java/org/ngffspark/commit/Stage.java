// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreDirectories;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;
import org.ngffspark.zarr.store.WritesBehind;

/**
 * Where the tasks of a run put new units. Every copy that was sent to a task writes under names of
 * its own, so that retried and speculative attempts do not meet; what no result names is deleted
 * with the stage. May be used by several threads.
 */
public final class Stage implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Keeps directories short: on network file systems long ones are slow. */
  private static final long NAMES_IN_DIRECTORY = 1000;

  private final Store store;
  private final String directory;
  private final boolean durable;
  private final transient String writer =
      Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
  private final transient AtomicLong names = new AtomicLong();

  Stage(Store store, String directory, boolean durable) {
    this.store = store;
    this.directory = directory;
    this.durable = durable;
  }

  /** A copy is another writer. */
  @Serial
  private Object readResolve() {
    return new Stage(store, directory, durable);
  }

  /**
   * Stages the new value of a key.
   *
   * @param key below the container
   * @param value its bytes; position and limit stay as they are
   * @throws StoreException if it cannot be written, or the run has ended meanwhile
   */
  public StagedUnit put(String key, ByteBuffer value) {
    String name = newName();
    write(key, name, value);
    return staged(key, name, value);
  }

  /**
   * As {@link #put(String, ByteBuffer)}, while the caller goes on: the unit is there when the
   * writes are finished, which throw in place of this.
   */
  public StagedUnit put(String key, ByteBuffer value, WritesBehind writes) {
    String name = newName();
    writes.add(value, bytes -> write(key, name, bytes));
    return staged(key, name, value);
  }

  private String newName() {
    long number = names.getAndIncrement();
    return "%s/%s/%d/%d"
        .formatted(
            RunDirectory.UNITS, writer, number / NAMES_IN_DIRECTORY, number % NAMES_IN_DIRECTORY);
  }

  private static StagedUnit staged(String key, String name, ByteBuffer value) {
    int length = value.remaining();
    int middle = Math.min(StagedUnit.MIDDLE, length);
    ByteBuffer part = value.slice(value.position() + (length - middle) / 2, middle);
    return new StagedUnit(key, name, length, crc32c(value.duplicate()), crc32c(part));
  }

  private static int crc32c(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  private void write(String key, String name, ByteBuffer value) {
    writeOnce(key, name, value);
    if (durable) {
      store.force(List.of(location(name)));
    }
  }

  private void writeOnce(String key, String name, ByteBuffer value) {
    Optional<StoreDirectories> directories = store.directories();
    if (directories.isEmpty()) {
      store.write(location(name), value);
      return;
    }
    try {
      directories.get().write(directory, name, value);
    } catch (StoreException e) {
      if (directories.get().names(directory).isEmpty()) {
        StoreException late = new StoreException("stage", key, "the run has ended");
        late.initCause(e);
        throw late;
      }
      throw e;
    }
  }

  /** What {@link #put} staged; empty for a deletion. */
  public Optional<ByteBuffer> read(StagedUnit unit, BufferSource buffers) {
    return unit.isDeletion() ? Optional.empty() : store.read(location(unit.name()), buffers);
  }

  /** A part of what {@link #put} staged; empty for a deletion. */
  public Optional<ByteBuffer> read(StagedUnit unit, ByteRange range, BufferSource buffers) {
    return unit.isDeletion() ? Optional.empty() : store.read(location(unit.name()), range, buffers);
  }

  /** Says that a key is to be deleted. */
  public StagedUnit delete(String key) {
    return StagedUnit.deletion(key);
  }

  /**
   * Deletions of what lies below a node that is replaced and is not written again.
   *
   * @param container what keys are below of
   * @param node in it; it may not exist
   * @param kept keys below the container
   */
  public List<StagedUnit> deleteOthers(StorePath container, StorePath node, Set<String> kept) {
    int prefix = container.key("").length();
    return container.store().list(node.path()).stream()
        .filter(key -> !CommitArea.holds(container, key))
        .map(key -> key.substring(prefix))
        .filter(key -> !kept.contains(key))
        .map(this::delete)
        .toList();
  }

  /** How many requests were sent again so far because the store asked for fewer at a time. */
  public long requestsRepeated() {
    return store.requestsRepeated();
  }

  /** Writes to it that go on while their caller works; to be closed. */
  public WritesBehind writesBehind() {
    return WritesBehind.to(store);
  }

  Store store() {
    return store;
  }

  /** Store key of what {@link #put} wrote. */
  String location(String name) {
    return directory + "/" + name;
  }

  void remove() {
    store.deleteTree(directory);
  }
}
