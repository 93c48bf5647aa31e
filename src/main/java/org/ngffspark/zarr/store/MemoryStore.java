// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.Serializable;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A store in memory. Serialised it is a copy of what it held; its clock is a counter of its writes.
 */
public final class MemoryStore implements Store {
  private static final long serialVersionUID = 1L;

  private final String name = "memory:" + UUID.randomUUID();
  private final ConcurrentNavigableMap<String, Value> values = new ConcurrentSkipListMap<>();
  private final AtomicLong writes = new AtomicLong();

  private static final class Value implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;
    private final Instant modified;

    Value(byte[] bytes, Instant modified) {
      this.bytes = bytes;
      this.modified = modified;
    }
  }

  @Override
  public URI uri() {
    return URI.create(name);
  }

  @Override
  public Optional<ByteBuffer> read(String key, BufferSource buffers) {
    return value(key).map(value -> copy(value.bytes, 0, value.bytes.length, buffers));
  }

  @Override
  public Optional<ByteBuffer> read(String key, ByteRange range, BufferSource buffers) {
    return value(key).map(value -> part(key, value.bytes, range, buffers));
  }

  private Optional<Value> value(String key) {
    return Optional.ofNullable(values.get(StoreKeys.check(key)));
  }

  private static ByteBuffer part(String key, byte[] bytes, ByteRange range, BufferSource buffers) {
    ByteRange.Slice slice =
        range
            .within(bytes.length)
            .orElseThrow(() -> StoreException.outside(key, range, bytes.length));
    return copy(bytes, (int) slice.offset(), (int) slice.length(), buffers);
  }

  private static ByteBuffer copy(byte[] bytes, int offset, int length, BufferSource buffers) {
    return buffers.take(length).put(bytes, offset, length).flip();
  }

  @Override
  public Optional<KeyStatus> status(String key) {
    return value(key).map(value -> new KeyStatus(value.bytes.length, value.modified));
  }

  @Override
  public synchronized void write(String key, ByteBuffer value) {
    values.put(StoreKeys.check(key), newValue(value));
  }

  @Override
  public synchronized boolean writeIfAbsent(String key, ByteBuffer value) {
    return values.putIfAbsent(StoreKeys.check(key), newValue(value)) == null;
  }

  private Value newValue(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return new Value(bytes, Instant.ofEpochSecond(0, writes.incrementAndGet()));
  }

  @Override
  public synchronized void move(String from, String to) {
    Value value =
        value(from).orElseThrow(() -> new StoreException("move", from, "there is no such key"));
    values.put(StoreKeys.check(to), value);
    if (!from.equals(to)) {
      values.remove(from, value);
    }
  }

  @Override
  public synchronized void delete(String key) {
    values.remove(StoreKeys.check(key));
  }

  @Override
  public List<String> list(String prefix) {
    String start = StoreKeys.checkPrefix(prefix).isEmpty() ? "" : prefix + "/";
    return values.tailMap(start).keySet().stream().takeWhile(key -> key.startsWith(start)).toList();
  }

  /** Whether a key lies below a directory. */
  boolean holds(String directory) {
    String start = StoreKeys.check(directory) + "/";
    String next = values.ceilingKey(start);
    return next != null && next.startsWith(start);
  }

  @Override
  public Optional<StoreDirectories> directories() {
    return Optional.of(new MemoryDirectories(this));
  }

  @Override
  public String toString() {
    return name;
  }
}
