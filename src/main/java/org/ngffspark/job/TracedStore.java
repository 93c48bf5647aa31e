// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.ngffspark.commit.InputState;
import org.ngffspark.job.KnownMetadata.TableFile;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.ForwardingStore;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.SeenValue;
import org.ngffspark.zarr.store.StorePath;

/**
 * The store of one container as a task sees it: metadata that the plan knows are not read again,
 * and of every other value that is read it is noted how it was just before. Counts the bytes read.
 */
final class TracedStore extends ForwardingStore {
  private static final long serialVersionUID = 1L;

  private final transient StorePath container;
  private final transient KnownMetadata known;
  private final transient Map<String, Optional<ByteBuffer>> metadata = new ConcurrentHashMap<>();
  private final transient Map<String, InputState> values = new ConcurrentHashMap<>();
  private final transient Map<String, TableFile> tables = new ConcurrentHashMap<>();
  private final transient Map<String, InputState> states = new ConcurrentHashMap<>();
  private final transient LongAdder bytesRead = new LongAdder();

  TracedStore(StorePath container, KnownMetadata known) {
    super(container.store());
    this.container = container;
    this.known = known;
  }

  @Override
  public Optional<ByteBuffer> read(String key, BufferSource buffers) {
    Optional<String> inside = inContainer(key);
    if (inside.filter(KnownMetadata::holds).isPresent()) {
      return metadata(key, inside.get())
          .map(value -> buffers.take(value.remaining()).put(value.duplicate()).flip());
    }
    Optional<TableFile> table = inside.flatMap(known::table);
    if (table.isPresent()) {
      note(table.get().state());
      return counted(
          table.get().content().map(value -> buffers.take(value.remaining()).put(value).flip()));
    }
    return counted(
        inside
            .filter(file -> !values.containsKey(file))
            .map(file -> noted(file, container.store().see(key, buffers)))
            .orElseGet(() -> super.read(key, buffers)));
  }

  private Optional<ByteBuffer> metadata(String key, String file) {
    return known.isKnown(file)
        ? known.content(file)
        : metadata.computeIfAbsent(file, name -> unknown(key, name));
  }

  /** What a plan reads becomes known; what a task reads after all counts as any other value. */
  private Optional<ByteBuffer> unknown(String key, String file) {
    if (!known.isEmpty()) {
      return counted(noted(file, container.store().see(key, BufferSource.heap())));
    }
    if (requestsAtOnce() == 1) {
      return counted(super.read(key, BufferSource.heap()));
    }
    SeenValue seen = container.store().see(key, BufferSource.heap());
    states.put(file, InputState.of(file, seen.status()));
    return counted(seen.value());
  }

  @Override
  public Optional<ByteBuffer> read(String key, ByteRange range, BufferSource buffers) {
    return counted(
        inContainer(key)
            .filter(file -> !values.containsKey(file))
            .map(file -> notedPart(file, container.store().see(key, range, buffers)))
            .orElseGet(() -> super.read(key, range, buffers)));
  }

  @Override
  public Optional<KeyStatus> status(String key) {
    boolean absent =
        inContainer(key)
            .filter(known::isKnown)
            .filter(file -> known.content(file).isEmpty())
            .isPresent();
    return absent ? Optional.empty() : super.status(key);
  }

  private Optional<String> inContainer(String key) {
    String prefix = container.key("");
    return key.startsWith(prefix) ? Optional.of(key.substring(prefix.length())) : Optional.empty();
  }

  private Optional<ByteBuffer> noted(String file, SeenValue seen) {
    if (known.isEmpty() && KnownMetadata.isOfTable(file) && requestsAtOnce() > 1) {
      tables.put(file, TableFile.of(InputState.of(file, seen.status()), seen.value()));
    }
    return notedPart(file, seen);
  }

  private Optional<ByteBuffer> notedPart(String file, SeenValue seen) {
    note(InputState.of(file, seen.status()));
    return seen.value();
  }

  private void note(InputState state) {
    values.merge(state.key(), state, (first, second) -> first.requireSame(container, second));
  }

  private Optional<ByteBuffer> counted(Optional<ByteBuffer> value) {
    value.ifPresent(bytes -> bytesRead.add(bytes.remaining()));
    return value;
  }

  /** The values that were read, metadata aside, as they were just before. */
  List<InputState> values() {
    return List.copyOf(new TreeMap<>(values).values());
  }

  /**
   * The metadata files that were read or looked for here, and files of tables where a request takes
   * long.
   */
  KnownMetadata metadata() {
    return new KnownMetadata(metadata, tables, states.values());
  }

  long bytesRead() {
    return bytesRead.sum();
  }
}
