// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Hands every operation on to another store; errors are that store's. */
public abstract class ForwardingStore implements Store {
  private static final long serialVersionUID = 1L;

  private final Store store;

  protected ForwardingStore(Store store) {
    this.store = store;
  }

  @Override
  public URI uri() {
    return store.uri();
  }

  @Override
  public Optional<ByteBuffer> read(String key, BufferSource buffers) {
    return store.read(key, buffers);
  }

  @Override
  public Optional<ByteBuffer> read(String key, ByteRange range, BufferSource buffers) {
    return store.read(key, range, buffers);
  }

  @Override
  public Optional<KeyStatus> status(String key) {
    return store.status(key);
  }

  @Override
  public void write(String key, ByteBuffer value) {
    store.write(key, value);
  }

  @Override
  public boolean writeIfAbsent(String key, ByteBuffer value) {
    return store.writeIfAbsent(key, value);
  }

  @Override
  public void move(String from, String to) {
    store.move(from, to);
  }

  @Override
  public void delete(String key) {
    store.delete(key);
  }

  @Override
  public List<String> list(String prefix) {
    return store.list(prefix);
  }

  @Override
  public SortedMap<String, KeyStatus> statuses(String prefix) {
    return store.statuses(prefix);
  }

  @Override
  public SortedMap<String, KeyStatus> statuses(Collection<String> keys) {
    return store.statuses(keys);
  }

  @Override
  public void deleteAll(Collection<String> keys) {
    store.deleteAll(keys);
  }

  @Override
  public void copyAll(Map<String, String> targets) {
    store.copyAll(targets);
  }

  @Override
  public int requestsAtOnce() {
    return store.requestsAtOnce();
  }

  @Override
  public long requestsRepeated() {
    return store.requestsRepeated();
  }

  @Override
  public Optional<StoreConditions> conditions() {
    return store.conditions();
  }

  @Override
  public void deleteTree(String prefix) {
    store.deleteTree(prefix);
  }

  @Override
  public void sweep(String prefix) {
    store.sweep(prefix);
  }

  @Override
  public void force(Collection<String> keys) {
    store.force(keys);
  }

  @Override
  public boolean isWritable() {
    return store.isWritable();
  }

  @Override
  public boolean isListed() {
    return store.isListed();
  }

  @Override
  public Optional<StoreDirectories> directories() {
    return store.directories();
  }

  @Override
  public Optional<List<String>> names(String directory) {
    return store.names(directory);
  }
}
