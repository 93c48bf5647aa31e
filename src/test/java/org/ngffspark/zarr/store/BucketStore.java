// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A store in memory that can do what object stores can: it has no directories, but conditions. */
public final class BucketStore extends ForwardingStore {
  private static final long serialVersionUID = 1L;

  private final MemoryStore values;

  public BucketStore() {
    this(new MemoryStore());
  }

  private BucketStore(MemoryStore values) {
    super(values);
    this.values = values;
  }

  @Override
  public Optional<StoreDirectories> directories() {
    return Optional.empty();
  }

  @Override
  public Optional<StoreConditions> conditions() {
    return Optional.of(new Conditions());
  }

  @Override
  public void copyAll(Map<String, String> targets) {
    synchronized (values) {
      super.copyAll(targets);
    }
  }

  private final class Conditions implements StoreConditions {
    @Override
    public Optional<Seen> look(String key) {
      synchronized (values) {
        return values
            .read(key)
            .map(
                value ->
                    new Seen(value, values.status(key).orElseThrow().toString(), Duration.ZERO));
      }
    }

    @Override
    public boolean create(String key, ByteBuffer value) {
      return values.writeIfAbsent(key, value) || values.read(key).equals(Optional.of(value));
    }

    @Override
    public boolean replace(String key, String version, ByteBuffer value) {
      synchronized (values) {
        boolean isSeen = look(key).filter(seen -> seen.version().equals(version)).isPresent();
        if (isSeen) {
          values.write(key, value);
        }
        return isSeen;
      }
    }

    @Override
    public void remove(String key, String version) {
      synchronized (values) {
        if (look(key).filter(seen -> seen.version().equals(version)).isPresent()) {
          values.delete(key);
        }
      }
    }
  }
}
