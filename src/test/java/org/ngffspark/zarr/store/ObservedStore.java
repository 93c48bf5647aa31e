// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/** Another store whose operations are remembered, and fail when told to. */
public final class ObservedStore implements Store {
  private static final long serialVersionUID = 1L;

  private final Store store;
  private final OperationLog log;

  /** Watches {@code store}; several stores may share a log. */
  public ObservedStore(Store store, OperationLog log) {
    this.store = store;
    this.log = log;
  }

  /** Watches {@code store} with a log of its own. */
  public static ObservedStore of(Store store) {
    return new ObservedStore(store, new OperationLog());
  }

  /** What was asked of this store. */
  public OperationLog log() {
    return log;
  }

  @Override
  public URI uri() {
    return store.uri();
  }

  @Override
  public Optional<ByteBuffer> read(String key, BufferSource buffers) {
    return look(StoreOperation.Kind.READ, key, () -> store.read(key, buffers));
  }

  @Override
  public Optional<ByteBuffer> read(String key, ByteRange range, BufferSource buffers) {
    return look(StoreOperation.Kind.READ_RANGE, key, () -> store.read(key, range, buffers));
  }

  @Override
  public Optional<KeyStatus> status(String key) {
    return look(StoreOperation.Kind.STATUS, key, () -> store.status(key));
  }

  @Override
  public List<String> list(String prefix) {
    return look(StoreOperation.Kind.LIST, prefix, () -> store.list(prefix));
  }

  @Override
  public SortedMap<String, KeyStatus> statuses(String prefix) {
    return look(StoreOperation.Kind.LIST, prefix, () -> store.statuses(prefix));
  }

  private <T> T look(StoreOperation.Kind kind, String key, Supplier<T> operation) {
    return log.perform(kind, key, operation, () -> {});
  }

  @Override
  public void write(String key, ByteBuffer value) {
    change(
        StoreOperation.Kind.WRITE,
        key,
        () -> store.write(key, value),
        () -> store.write(key, half(value)));
  }

  @Override
  public boolean writeIfAbsent(String key, ByteBuffer value) {
    return log.perform(
        StoreOperation.Kind.WRITE_IF_ABSENT,
        key,
        () -> store.writeIfAbsent(key, value),
        () -> store.writeIfAbsent(key, half(value)));
  }

  @Override
  public void move(String from, String to) {
    change(
        StoreOperation.Kind.MOVE,
        to,
        () -> store.move(from, to),
        () -> store.read(from).ifPresent(value -> store.write(to, half(value))));
  }

  @Override
  public void copyAll(Map<String, String> targets) {
    targets.forEach(
        (to, from) ->
            change(StoreOperation.Kind.COPY, to, () -> store.copyAll(Map.of(to, from)), () -> {}));
  }

  @Override
  public void delete(String key) {
    change(StoreOperation.Kind.DELETE, key, () -> store.delete(key), () -> {});
  }

  @Override
  public void deleteTree(String prefix) {
    change(
        StoreOperation.Kind.DELETE_TREE,
        prefix,
        () -> store.deleteTree(prefix),
        () -> deleteHalf(prefix));
  }

  @Override
  public void sweep(String prefix) {
    change(StoreOperation.Kind.SWEEP, prefix, () -> store.sweep(prefix), () -> {});
  }

  private void deleteHalf(String prefix) {
    List<String> keys = store.list(prefix);
    keys.subList(0, keys.size() / 2).forEach(store::delete);
  }

  @Override
  public void force(Collection<String> keys) {
    change(StoreOperation.Kind.FORCE, "", () -> store.force(keys), () -> {});
  }

  private void change(StoreOperation.Kind kind, String key, Runnable whole, Runnable half) {
    Supplier<Boolean> operation =
        () -> {
          whole.run();
          return true;
        };
    log.perform(kind, key, operation, half);
  }

  private static ByteBuffer half(ByteBuffer value) {
    return value.duplicate().limit(value.position() + value.remaining() / 2);
  }

  @Override
  public Optional<StoreDirectories> directories() {
    return store.directories().map(Directories::new);
  }

  @Override
  public Optional<StoreConditions> conditions() {
    return store.conditions().map(Conditions::new);
  }

  /** The conditions of the other store, which writes nothing in part. */
  private final class Conditions implements StoreConditions {
    private final StoreConditions conditions;

    Conditions(StoreConditions conditions) {
      this.conditions = conditions;
    }

    @Override
    public Optional<Seen> look(String key) {
      return ObservedStore.this.look(StoreOperation.Kind.READ, key, () -> conditions.look(key));
    }

    @Override
    public boolean create(String key, ByteBuffer value) {
      return log.perform(
          StoreOperation.Kind.WRITE_IF_ABSENT, key, () -> conditions.create(key, value), () -> {});
    }

    @Override
    public boolean replace(String key, String version, ByteBuffer value) {
      return log.perform(
          StoreOperation.Kind.WRITE, key, () -> conditions.replace(key, version, value), () -> {});
    }

    @Override
    public void remove(String key, String version) {
      change(StoreOperation.Kind.DELETE, key, () -> conditions.remove(key, version), () -> {});
    }
  }

  /** The directories of the other store; what is one step there is never torn. */
  private final class Directories implements StoreDirectories {
    private final StoreDirectories directories;

    Directories(StoreDirectories directories) {
      this.directories = directories;
    }

    @Override
    public List<String> names(String directory) {
      return look(StoreOperation.Kind.LIST, directory, () -> directories.names(directory));
    }

    @Override
    public boolean claim(String directory, String name, ByteBuffer value, String place) {
      return log.perform(
          StoreOperation.Kind.CLAIM,
          directory + "/" + name,
          () -> directories.claim(directory, name, value, place),
          () -> {});
    }

    @Override
    public void write(String directory, String name, ByteBuffer value) {
      change(
          StoreOperation.Kind.WRITE_INTO,
          directory + "/" + name,
          () -> directories.write(directory, name, value),
          () -> directories.write(directory, name, half(value)));
    }

    @Override
    public boolean writeIfAbsent(String directory, String name, ByteBuffer value) {
      return log.perform(
          StoreOperation.Kind.WRITE_IF_ABSENT_INTO,
          directory + "/" + name,
          () -> directories.writeIfAbsent(directory, name, value),
          () -> directories.writeIfAbsent(directory, name, half(value)));
    }

    @Override
    public boolean moveInto(String key, String directory, String name) {
      return log.perform(
          StoreOperation.Kind.MOVE_INTO,
          key,
          () -> directories.moveInto(key, directory, name),
          () -> store.read(key).ifPresent(value -> directories.write(directory, name, value)));
    }

    @Override
    public boolean rename(String from, String to) {
      return log.perform(
          StoreOperation.Kind.RENAME, to, () -> directories.rename(from, to), () -> {});
    }

    @Override
    public boolean renameMakingRoom(String from, String to) {
      return log.perform(
          StoreOperation.Kind.RENAME, to, () -> directories.renameMakingRoom(from, to), () -> {});
    }

    @Override
    public boolean isWritable(String directory) {
      return look(StoreOperation.Kind.CHECK, directory, () -> directories.isWritable(directory));
    }

    @Override
    public boolean mayWritersWriteAround(String directory) {
      return look(
          StoreOperation.Kind.CHECK, directory, () -> directories.mayWritersWriteAround(directory));
    }

    @Override
    public void requireTrusted(Collection<String> keys, Collection<String> places) {
      check("", () -> directories.requireTrusted(keys, places));
    }

    @Override
    public void requireMovable(String directory, Collection<String> keys, String within) {
      check(directory, () -> directories.requireMovable(directory, keys, within));
    }

    @Override
    public void requireWithin(Collection<String> keys, String directory) {
      check(directory, () -> directories.requireWithin(keys, directory));
    }

    private void check(String key, Runnable look) {
      change(StoreOperation.Kind.CHECK, key, look, () -> {});
    }

    @Override
    public void sweepBeside(Collection<String> keys, String within) {
      change(
          StoreOperation.Kind.SWEEP, within, () -> directories.sweepBeside(keys, within), () -> {});
    }
  }
}
