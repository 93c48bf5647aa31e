// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.ngffspark.zarr.ArrayFiles;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.store.KeyStatus;

/** The write units of an array as they are stored: which there are, and how long each is. */
public final class StoredUnits {
  private final ZarrArray array;
  private final Map<String, KeyStatus> values;

  private StoredUnits(ZarrArray array, Map<String, KeyStatus> values) {
    this.array = array;
    this.values = values;
  }

  /** Lists the values of an array; reads none. */
  public static StoredUnits of(ZarrArray array) {
    Map<String, KeyStatus> values = ArrayFiles.statuses(array, array.path().store());
    values.keySet().removeIf(KnownMetadata::holds);
    return new StoredUnits(array, values);
  }

  public ZarrArray array() {
    return array;
  }

  /** Bytes of all of them, encoded. */
  public long bytes() {
    return values.values().stream().mapToLong(KeyStatus::length).sum();
  }

  /** Bytes of some of them, encoded; those that are not there have none. */
  public long bytes(Collection<GridPosition> units) {
    return units.stream()
        .map(unit -> values.get(array.key(unit)))
        .mapToLong(status -> status == null ? 0 : status.length())
        .sum();
  }

  /** Those in which a pixel may be other than 0: that are stored, or all if the rest is not 0. */
  public List<GridPosition> notEmpty() {
    List<GridPosition> all = array.writeUnits().all();
    return array.metadata().fill().bits() != 0
        ? all
        : all.stream().filter(unit -> values.containsKey(array.key(unit))).toList();
  }
}
