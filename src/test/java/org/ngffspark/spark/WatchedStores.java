// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.OperationLog;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreProvider;

/**
 * Local folders whose operations are remembered, as {@code watched:/folder}: all stores of one
 * folder in this JVM share a log.
 */
public final class WatchedStores implements StoreProvider {
  private static final Map<String, OperationLog> LOGS = new ConcurrentHashMap<>();

  static URI uri(Path folder) {
    return URI.create("watched:" + folder.toUri().getPath().replaceAll("/$", ""));
  }

  static OperationLog log(Path folder) {
    return log(uri(folder));
  }

  private static OperationLog log(URI uri) {
    return LOGS.computeIfAbsent(uri.toString(), key -> new OperationLog());
  }

  @Override
  public List<String> schemes() {
    return List.of("watched");
  }

  @Override
  public Store open(URI uri) {
    URI trimmed = URI.create(uri.toString().replaceAll("(?<=[^:/])/+$", ""));
    return new Watched(
        new ObservedStore(LocalStore.at(Path.of(trimmed.getPath())), log(trimmed)), trimmed);
  }

  private record Watched(ObservedStore store, URI uri) implements Store {
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
    public void deleteTree(String prefix) {
      store.deleteTree(prefix);
    }

    @Override
    public void sweep(String prefix) {
      store.sweep(prefix);
    }

    @Override
    public void checkWritable(Collection<String> keys) {
      store.checkWritable(keys);
    }

    @Override
    public void force(Collection<String> keys) {
      store.force(keys);
    }

    private Object writeReplace() {
      return new Address(uri);
    }
  }

  /** A store that was sent elsewhere writes to the same log there. */
  private record Address(URI uri) implements java.io.Serializable {
    private Object readResolve() {
      return new WatchedStores().open(uri);
    }
  }
}
