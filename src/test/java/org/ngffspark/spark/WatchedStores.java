// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ngffspark.zarr.store.ForwardingStore;
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

  private static final class Watched extends ForwardingStore {
    private static final long serialVersionUID = 1L;

    private final URI uri;

    Watched(Store store, URI uri) {
      super(store);
      this.uri = uri;
    }

    @Override
    public URI uri() {
      return uri;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Watched watched && watched.uri.equals(uri);
    }

    @Override
    public int hashCode() {
      return uri.hashCode();
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
