// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreDirectories;

/**
 * A store in which one directory of another store lies at {@code mnt/0}; all else is apart from it,
 * in the same store below {@code apart/}.
 */
final class Mount implements Store {
  private static final long serialVersionUID = 1L;
  private static final String POINT = "mnt/0";

  private final Store store;
  private final String directory;

  Mount(Store store, String directory) {
    this.store = store;
    this.directory = directory;
  }

  private String there(String key) {
    return key.equals(POINT) || key.startsWith(POINT + "/")
        ? directory + key.substring(POINT.length())
        : "apart/" + key;
  }

  private String here(String key) {
    return key.startsWith(directory + "/")
        ? POINT + key.substring(directory.length())
        : key.substring("apart/".length());
  }

  private List<String> there(Collection<String> keys) {
    return keys.stream().map(this::there).toList();
  }

  @Override
  public URI uri() {
    return URI.create("mount:elsewhere");
  }

  @Override
  public Optional<ByteBuffer> read(String key, BufferSource buffers) {
    return store.read(there(key), buffers);
  }

  @Override
  public Optional<ByteBuffer> read(String key, ByteRange range, BufferSource buffers) {
    return store.read(there(key), range, buffers);
  }

  @Override
  public Optional<KeyStatus> status(String key) {
    return store.status(there(key));
  }

  @Override
  public void write(String key, ByteBuffer value) {
    store.write(there(key), value);
  }

  @Override
  public boolean writeIfAbsent(String key, ByteBuffer value) {
    return store.writeIfAbsent(there(key), value);
  }

  @Override
  public void move(String from, String to) {
    store.move(there(from), there(to));
  }

  @Override
  public void delete(String key) {
    store.delete(there(key));
  }

  @Override
  public List<String> list(String prefix) {
    return store.list(there(prefix)).stream().map(this::here).toList();
  }

  @Override
  public Optional<StoreDirectories> directories() {
    return store.directories().map(Directories::new);
  }

  private final class Directories implements StoreDirectories {
    private final StoreDirectories directories;

    Directories(StoreDirectories directories) {
      this.directories = directories;
    }

    @Override
    public List<String> names(String name) {
      return directories.names(there(name));
    }

    @Override
    public boolean claim(String place, String name, ByteBuffer value, String like) {
      return directories.claim(there(place), name, value, there(like));
    }

    @Override
    public void write(String place, String name, ByteBuffer value) {
      directories.write(there(place), name, value);
    }

    @Override
    public boolean writeIfAbsent(String place, String name, ByteBuffer value) {
      return directories.writeIfAbsent(there(place), name, value);
    }

    @Override
    public boolean moveInto(String key, String place, String name) {
      return directories.moveInto(there(key), there(place), name);
    }

    @Override
    public boolean rename(String from, String to) {
      return directories.rename(there(from), there(to));
    }

    @Override
    public boolean renameMakingRoom(String from, String to) {
      return directories.renameMakingRoom(there(from), there(to));
    }

    @Override
    public boolean isWritable(String name) {
      return directories.isWritable(there(name));
    }

    @Override
    public boolean mayWritersWriteAround(String name) {
      return directories.mayWritersWriteAround(there(name));
    }

    @Override
    public void requireTrusted(Collection<String> keys, Collection<String> places) {
      directories.requireTrusted(there(keys), there(places));
    }

    @Override
    public void requireMovable(String place, Collection<String> keys, String within) {
      directories.requireMovable(there(place), there(keys), there(within));
    }

    @Override
    public void requireWithin(Collection<String> keys, String place) {
      directories.requireWithin(there(keys), there(place));
    }

    @Override
    public void sweepBeside(Collection<String> keys, String within) {
      directories.sweepBeside(there(keys), there(within));
    }
  }
}
