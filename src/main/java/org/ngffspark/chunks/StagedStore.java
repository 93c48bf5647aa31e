// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.chunks;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.commit.Stage;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.ForwardingStore;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.Store;

/** A store as it will be after the commit: staged values in place of those it has. */
public final class StagedStore extends ForwardingStore {
  private static final long serialVersionUID = 1L;

  private final Stage stage;
  private final Map<String, StagedUnit> staged;

  /**
   * @param staged by key of {@code store}
   */
  public StagedStore(Store store, Stage stage, Map<String, StagedUnit> staged) {
    super(store);
    this.stage = stage;
    this.staged = staged;
  }

  @Override
  public SortedMap<String, KeyStatus> statuses(String prefix) {
    SortedMap<String, KeyStatus> statuses = new TreeMap<>(super.statuses(prefix));
    staged.forEach(
        (key, unit) -> {
          if (unit.isDeletion()) {
            statuses.remove(key);
          } else if (key.startsWith(prefix + "/")) {
            statuses.put(key, new KeyStatus(unit.length(), Instant.now()));
          }
        });
    return statuses;
  }

  @Override
  public Optional<ByteBuffer> read(String key, BufferSource buffers) {
    StagedUnit unit = staged.get(key);
    return unit == null ? super.read(key, buffers) : stage.read(unit, buffers);
  }

  @Override
  public Optional<ByteBuffer> read(String key, ByteRange range, BufferSource buffers) {
    StagedUnit unit = staged.get(key);
    return unit == null ? super.read(key, range, buffers) : stage.read(unit, range, buffers);
  }
}
