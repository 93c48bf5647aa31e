// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.Store;

/**
 * Takes what is staged as if it were written to its target: one write a unit, nothing asked and
 * nothing else kept.
 */
final class StraightStore implements Store {
  private static final long serialVersionUID = 1L;

  private final Store store;

  StraightStore(Store store) {
    this.store = store;
  }

  @Override
  public URI uri() {
    return store.uri();
  }

  @Override
  public Optional<ByteBuffer> read(String key, BufferSource buffers) {
    return Optional.empty();
  }

  @Override
  public Optional<ByteBuffer> read(String key, ByteRange range, BufferSource buffers) {
    return Optional.empty();
  }

  @Override
  public Optional<KeyStatus> status(String key) {
    return Optional.of(new KeyStatus(0, Instant.EPOCH));
  }

  @Override
  public void write(String key, ByteBuffer value) {
    if (value.hasRemaining()) {
      store.write(key, value);
    }
  }

  @Override
  public boolean writeIfAbsent(String key, ByteBuffer value) {
    return true;
  }

  @Override
  public void move(String from, String to) {}

  @Override
  public void delete(String key) {}

  @Override
  public List<String> list(String prefix) {
    return List.of();
  }

  @Override
  public void deleteTree(String prefix) {
    store.deleteTree(prefix);
  }

  @Override
  public void sweep(String prefix) {}

  @Override
  public void checkWritable(Collection<String> keys) {}

  @Override
  public void force(Collection<String> keys) {}
}
