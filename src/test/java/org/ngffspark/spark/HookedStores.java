// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ForwardingStore;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreDirectories;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StoreOperation.Kind;
import org.ngffspark.zarr.store.StoreProvider;

/**
 * Local folders, as {@code hooked:/folder}, and stores on servers, as {@code hooked-s3a://bucket},
 * that call a test before they read, write, stage, move or copy a value, or delete a tree. Other
 * operations of the store go on meanwhile.
 */
public final class HookedStores implements StoreProvider {
  private static final String ON_SERVER = "hooked-";
  private static final Map<String, Consumer<StoreOperation>> HOOKS = new ConcurrentHashMap<>();

  static URI uri(Path folder) {
    return URI.create("hooked:" + folder.toUri().getPath().replaceAll("/$", ""));
  }

  /** A store on a server. */
  static URI uri(Store store) {
    return URI.create(ON_SERVER + store.uri());
  }

  /** Calls this from now on; a move or copy is told by the key that it goes to. */
  static void hook(URI uri, Consumer<StoreOperation> hook) {
    HOOKS.put(uri.toString(), hook);
  }

  /** As {@link #hook(URI, Consumer)}, for a local folder. */
  static void hook(Path folder, Consumer<StoreOperation> hook) {
    hook(uri(folder), hook);
  }

  @Override
  public List<String> schemes() {
    return List.of("hooked", ON_SERVER + "s3a", ON_SERVER + "hdfs");
  }

  @Override
  public Store open(URI uri) {
    return new Hooked(URI.create(uri.toString().replaceAll("(?<=[^:/])/+$", "")));
  }

  private static final class Hooked extends ForwardingStore {
    private static final long serialVersionUID = 1L;

    private final URI uri;

    Hooked(URI uri) {
      super(plain(uri));
      this.uri = uri;
    }

    private static Store plain(URI uri) {
      return uri.getScheme().startsWith(ON_SERVER)
          ? StoreLocations.open(uri.toString().substring(ON_SERVER.length()))
          : LocalStore.at(Path.of(uri.getPath()));
    }

    private void call(Kind kind, String key) {
      HOOKS.getOrDefault(uri.toString(), operation -> {}).accept(new StoreOperation(kind, key));
    }

    @Override
    public URI uri() {
      return uri;
    }

    @Override
    public Optional<ByteBuffer> read(String key, BufferSource buffers) {
      call(Kind.READ, key);
      return super.read(key, buffers);
    }

    @Override
    public void write(String key, ByteBuffer value) {
      call(Kind.WRITE, key);
      super.write(key, value);
    }

    @Override
    public void move(String from, String to) {
      call(Kind.MOVE, to);
      super.move(from, to);
    }

    @Override
    public void deleteTree(String prefix) {
      call(Kind.DELETE_TREE, prefix);
      super.deleteTree(prefix);
    }

    @Override
    public void copyAll(Map<String, String> targets) {
      targets.keySet().forEach(to -> call(Kind.COPY, to));
      super.copyAll(targets);
    }

    @Override
    public Optional<StoreDirectories> directories() {
      return super.directories().map(this::hooked);
    }

    private StoreDirectories hooked(StoreDirectories directories) {
      return (StoreDirectories)
          Proxy.newProxyInstance(
              StoreDirectories.class.getClassLoader(),
              new Class<?>[] {StoreDirectories.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("write")) {
                  call(Kind.WRITE_INTO, arguments[0] + "/" + arguments[1]);
                }
                try {
                  return method.invoke(directories, arguments);
                } catch (InvocationTargetException failure) {
                  throw failure.getCause();
                }
              });
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Hooked hooked && hooked.uri.equals(uri);
    }

    @Override
    public int hashCode() {
      return uri.hashCode();
    }
  }
}
