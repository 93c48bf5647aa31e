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

  /** Whether a unit is a new file, or takes the place of that of an earlier run. */
  enum Files {
    NEW,
    REPLACED
  }

  private final Store store;
  private final Files files;

  StraightStore(Store store, Files files) {
    this.store = store;
    this.files = files;
  }

  /** Runs of the same job stage the same units in the same order; their names begin differently. */
  private String place(String key) {
    return files == Files.NEW ? key : key.replaceFirst(".*/stage/[^/]+/[^/]+/", "units/");
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
      store.write(place(key), value);
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
    if (files == Files.NEW) {
      store.deleteTree(prefix);
    }
  }

  @Override
  public void sweep(String prefix) {}

  @Override
  public void force(Collection<String> keys) {}
}
