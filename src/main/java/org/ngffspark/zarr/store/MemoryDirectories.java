// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;

/** Directories of a store in memory: there is one where a key lies below its name. */
final class MemoryDirectories implements StoreDirectories {
  private final MemoryStore store;

  MemoryDirectories(MemoryStore store) {
    this.store = store;
  }

  @Override
  public List<String> names(String directory) {
    int start = directory.length() + 1;
    return store.list(directory).stream()
        .map(key -> key.substring(start).split("/", 2)[0])
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public boolean claim(String directory, String name, ByteBuffer value, String place) {
    synchronized (store) {
      return !store.holds(directory) && store.writeIfAbsent(key(directory, name), value);
    }
  }

  @Override
  public void write(String directory, String name, ByteBuffer value) {
    synchronized (store) {
      requireDirectory("write", directory, name);
      store.write(key(directory, name), value);
    }
  }

  @Override
  public boolean writeIfAbsent(String directory, String name, ByteBuffer value) {
    synchronized (store) {
      requireDirectory("write", directory, name);
      return store.writeIfAbsent(key(directory, name), value);
    }
  }

  @Override
  public boolean moveInto(String key, String directory, String name) {
    String target = key(directory, name);
    synchronized (store) {
      requireDirectory("move " + key + " to", directory, name);
      if (store.status(key).isEmpty()) {
        return false;
      }
      store.move(key, target);
      return true;
    }
  }

  @Override
  public boolean rename(String from, String to) {
    synchronized (store) {
      int parent = to.lastIndexOf('/');
      if (store.holds(from) && parent >= 0 && !store.holds(to.substring(0, parent))) {
        throw new StoreException("rename " + from + " to", to, "there is no directory for it");
      }
      return renameMakingRoom(from, to);
    }
  }

  @Override
  public boolean renameMakingRoom(String from, String to) {
    synchronized (store) {
      List<String> keys = store.list(from);
      if (keys.isEmpty()) {
        return false;
      }
      if (store.holds(to) || store.status(to).isPresent()) {
        throw new StoreException("rename " + from + " to", to, "something lies there");
      }
      keys.forEach(key -> store.move(key, to + key.substring(from.length())));
      return true;
    }
  }

  @Override
  public void requireWithin(Collection<String> keys, String directory) {
    // there are no links
  }

  @Override
  public boolean isWritable(String directory) {
    return true;
  }

  @Override
  public boolean mayWritersWriteAround(String directory) {
    return true;
  }

  @Override
  public void requireTrusted(Collection<String> keys, Collection<String> places) {
    // all of it is this process's own
  }

  @Override
  public void requireMovable(String directory, Collection<String> keys, String within) {
    requireDirectory("move values to", directory, "");
  }

  @Override
  public void sweepBeside(Collection<String> keys, String within) {
    // nothing is ever written in part
  }

  private static String key(String directory, String name) {
    return StoreKeys.check(directory) + "/" + StoreKeys.check(name);
  }

  private void requireDirectory(String operation, String directory, String name) {
    if (!store.holds(directory)) {
      throw new StoreException(operation, directory + "/" + name, "there is no such directory");
    }
  }
}
